"""A browser page that records whatever content executes, requests or opens."""

from urllib.parse import unquote

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

# Clicks every link and hovers over every element, without leaving the page: navigation is prevented.
TOUCH = """() => {
  addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a[href]')
    if (link && /^(https?|mailto|file):$/.test(link.protocol)) event.preventDefault()
  }, true)
  let touched = 0
  for (const element of document.querySelectorAll('article, article *')) {
    for (const name of ['mouseover', 'mouseenter', 'mousemove', 'pointerover', 'focus', 'focusin', 'toggle', 'error'])
      element.dispatchEvent(new MouseEvent(name, {bubbles: false}))
  }
  for (const link of document.querySelectorAll('article a')) { link.click(); touched += 1 }
  return [touched, [...document.links].map(link => link.protocol).filter(name => !/^(https?|mailto|file):$/.test(name)),
          String(window.location), typeof window.proceedings, document.cookie]
}"""


class Trap:
    """Records dialogs, script errors, windows, and requests outside `origin`."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.caught: list[str] = []
        self._origin = origin
        self.page: Page = browser.new_page()
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.caught.append(f"script: {error}"))
        self.page.on("console", self._console)
        self.page.on("popup", lambda page: self.caught.append(f"window: {page.url}"))
        self.page.on("request", lambda request: self._request(request.url))

    def visit(self, address: str) -> int:
        """Open a page and use everything on it; return the number of links clicked."""
        self.page.goto(address, wait_until="load")
        touched, schemes, place, ours, cookie = self.page.evaluate(TOUCH)
        self.caught += [f"{address}: scheme {scheme}" for scheme in schemes]
        if unquote(place.partition("#")[0]) != unquote(address) or ours != "object" or cookie:
            self.caught.append(f"{address}: {place}, {ours}, {cookie}")
        return int(touched)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):  # missing pictures
            self.caught.append(f"console: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.caught.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, url: str) -> None:
        if not url.startswith((self._origin, "data:", "blob:", "about:")):
            self.caught.append(f"request: {url}")

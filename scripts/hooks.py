"""What MkDocs calls while it builds the site: data goes to pages, problems to MkDocs' log. Nothing is kept here."""

import gc
import logging
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from proceedings import checks
from proceedings.conference import settings
from proceedings.conference.reading import read_project
from proceedings.conference.settings import Settings
from proceedings.system import history, revisions
from proceedings.system.git import GitError

if TYPE_CHECKING:
    from proceedings.site.pages import Site

log = logging.getLogger("mkdocs.hooks.proceedings")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the conference, tell its problems, and derive the navigation from it."""
    gc.set_threshold(50_000, 20, 100)  # a build leaves few rings; to look for them often costs a twelfth of its time
    view = settings.of(config)
    reading = read_project(view)
    problems = checks.refusals(reading)
    for problem in problems:
        log.warning("%s", problem)
    if any(problem.rule == checks.SECRECY for problem in problems):
        raise Abort("Dừng dựng trang vì có dấu chỉ độ mật.")
    if any(problem.rule == checks.LINK for problem in problems):  # MkDocs would follow it, in a ring without end
        raise Abort("Dừng dựng trang vì trong bộ tài liệu có lối tắt.")
    from proceedings.html.dialect import TextOnly  # noqa: PLC0415 - whatever reads the settings loads this file, to check
    from proceedings.site.pages import Site  # noqa: PLC0415 - only; what renders pages takes a tenth of that time to load

    site = Site.of(reading.conference, view, last_changes(view))
    config.extra["site"] = site
    config.extra["sections"] = {}  # of each page, once it is made; for the search
    config.nav = site.nav()
    config.theme.static_templates.discard("sitemap.xml")  # for machines that search, and no two builds make it alike
    config.mdx_configs["toc"] = dict(view.extension_options["toc"])
    config.markdown_extensions.append(TextOnly())  # type: ignore[arg-type]  # Markdown takes either
    gc.freeze()  # all that was read stays to the end: with many documents, looking through it again costs much
    return config


def last_changes(view: Settings) -> dict[str, date]:
    """When documents were last changed; why that is not known is told, and no reason to stop."""
    try:
        if revisions.is_cut(view.root):
            log.info("Tài liệu cũ sẽ không ghi ngày cập nhật: %s", revisions.CUT)
        return history.last_changes(view.root, view.folder)
    except GitError as error:
        log.info("Trang sẽ không ghi ngày cập nhật của tài liệu. %s", error)
        return {}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what readers have no use for and what a browser could run."""
    site: Site = config.extra["site"]
    docs = Path(config.docs_dir)
    refused = [file for file in files if Path(file.src_dir or "") == docs
               and not site.publishes(file.src_uri, from_docs=True)]
    for file in refused:
        files.remove(file)
    if refused:  # the theme's own files in whose place they would have stood
        files.add_files_from_theme(config.theme.get_env(), config)
    for file in list(files):
        from_docs = Path(file.src_dir or "") == docs
        if not from_docs and not site.publishes(file.src_uri, from_docs=False):
            files.remove(file)
        elif from_docs and not file.is_documentation_page():
            file.content_bytes = site.picture(file.src_uri)
        elif file.is_documentation_page():
            # Pages say what was read and checked. MkDocs would stop at broken bytes, and expand whatever YAML is there.
            file.content_string = ""
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Take the text as it was read and checked; the theme sees derived front matter only."""
    site: Site = config.extra["site"]
    page.meta = dict(site.meta(page.file.src_uri))
    return site.markdown(page.file.src_uri)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make the rendered page harmless and lay it out."""
    site: Site = config.extra["site"]

    def link(path: str) -> str:
        target = files.get_file_from_path(path)
        return get_relative_url(target.url, page.url) if target else ""

    content = site.content(page.file.src_uri, html, link)
    config.extra["sections"][page.file.src_uri] = content.sections
    return content.html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Add the texts for the site's search, once all pages are rendered; have templates compiled once for all builds."""
    site: Site = config.extra["site"]
    from proceedings.html.fragments import compiled_templates  # noqa: PLC0415 - as above

    env.bytecode_cache = compiled_templates()
    env.auto_reload = False  # no template changes during a build, and each build has an environment of its own
    pages = [(page.file.src_uri, page.url, config.extra["sections"][page.file.src_uri])
             for file in files.documentation_pages() if (page := file.page)]
    for path, text in site.search_files(pages).items():
        files.append(File.generated(config, path, content=text))
    return env


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object,  # noqa: ARG001
) -> dict[str, Any]:
    """Hand the conference to the page's template."""
    site: Site = config.extra["site"]
    context.update(site.context(page.file.src_uri, page.edit_url or ""))
    return context

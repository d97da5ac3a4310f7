"""Rebuilding of the site with MkDocs after each change, for the live preview."""

import logging
import shutil
import tempfile
import traceback
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import _build_page, build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

import entry
from proceedings import checks
from proceedings.conference import settings
from proceedings.html.fragments import compiled_templates
from proceedings.project import Project
from proceedings.site.preview import View
from proceedings.system.logs import captured


class Builder:
    """Builds sites in separate folders below a folder, and shows them.

    The two latest sites are kept, because browsers may still be loading files of the former one.
    """

    def __init__(self, config_file: Path, folder: Path, show: Callable[[View], None]) -> None:
        self._config_file = config_file
        self._folder = folder
        self._show = show
        self._view = View()
        self._good = False  # whether the shown site was built without problems
        self._project: Project | None = None  # of that site
        self._changed: set[str] = set()  # since that site

    @property
    def pages(self) -> int:
        """The number of pages of the site."""
        return len(self._project.conference.documents) if self._project else 0

    def sources(self) -> tuple[str, ...]:
        """The file and folders that the site is built from; only the settings if they cannot be read."""
        try:
            view = settings.load(self._config_file)
        except settings.SettingsError:
            return (str(self._config_file),)
        looks = () if view.looks == view.root else (str(view.looks),)
        return (str(self._config_file), str(view.docs), *looks)

    def build(self, changed: Collection[str] = ()) -> tuple[str, ...]:
        """Build and show the site from its current sources; return the problems.

        If only documents are `changed`, data of the others is reused. A site with problems is shown only while there
        is none without.
        """
        self._changed |= set(changed)
        try:
            return self._build(settings.configuration(self._config_file))
        except settings.SettingsError as error:
            return self.refuse((str(error.problem),))
        except OSError as error:  # for example a file that was removed in the meantime
            return self.refuse((entry.refused(error, "lưu lại"),))

    def _build(self, config: MkDocsConfig) -> tuple[str, ...]:
        view = settings.of(config)
        former = self._project if all(Path(path).is_relative_to(view.docs) for path in self._changed) else None
        project = former.reopened(view) if former else Project.open(view)
        problems = tuple(str(problem) for problem in checks.refusals(project.reading))
        if problems and self._good:
            return self.refuse(problems)
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        config.site_dir, config.extra["project"] = str(folder), project
        failures = self._made(config, _changed(former, project) if former and not problems else frozenset())
        problems = problems or failures
        if problems and self._good:
            shutil.rmtree(folder)
            return self.refuse(problems)
        self._project, self._good = project, not problems
        self._changed.clear()
        self._replace(View(folder, problems=problems, looks=self._view.looks if former else folder.name))
        return problems

    def _replace(self, view: View) -> None:
        """Show another site, and remove those older than the former one."""
        former, self._view = self._view, view
        self._show(view)
        for folder in self._folder.iterdir():
            if folder not in (view.folder, former.folder):
                shutil.rmtree(folder)

    def refuse(self, problems: tuple[str, ...], changed: Collection[str] = ()) -> tuple[str, ...]:
        """Keep the last site, with a banner of these problems."""
        self._changed |= set(changed)
        self._view = replace(self._view, problems=problems, current=not self._good)
        self._show(self._view)
        return problems

    def _made(self, config: MkDocsConfig, first: Collection[str]) -> tuple[str, ...]:
        """Build the site with MkDocs; return its warnings and errors."""
        pages: dict[str, bytes] = {}

        def show(path: str, page: bytes) -> None:
            pages[path] = page
            self._show(replace(self._view, pages=dict(pages), problems=(), current=True))

        with captured(logging.WARNING, "mkdocs") as warnings:
            try:
                hooks: Any = config.plugins
                hooks["preview"] = _First(first, show)
                build(config)
            except (Abort, BuildError) as error:
                return tuple(warnings) or (str(error),)
            except Exception as error:  # in a template, or refused by the system
                if fault := entry.template_fault(error, "lưu lại", self._config_file.parent):
                    return (fault,)
                if isinstance(error, OSError):
                    raise
                entry.tell(traceback.format_exc())
                return (f"Không dựng được trang ({error}); hãy xem lời báo ở cửa sổ lệnh, sửa rồi lưu lại.",)
        return tuple(warnings)


class _First:
    """MkDocs plugin that renders some pages before all others and passes each on when it is finished.

    MkDocs writes pages after rendering all texts. What a page shows of others, titles and addresses in the
    navigation, is known before.
    """

    def __init__(self, paths: Collection[str], show: Callable[[str, bytes], None]) -> None:
        self._paths = paths
        self._show = show
        self._order: list[File] = []
        self._nav: Navigation | None = None

    def on_files(self, files: Files, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Move the pages to the front."""
        self._order = list(files)
        _arrange(files, sorted(files, key=lambda file: file.src_uri not in self._paths))

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Store the navigation."""
        self._nav = nav

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Render the page."""
        if page.file.src_uri in self._paths and self._nav:
            env = config.theme.get_env()
            env.bytecode_cache = compiled_templates()
            _build_page(page, config, files.documentation_pages(), self._nav, env)
            self._show(page.file.dest_uri, Path(page.file.abs_dest_path).read_bytes())

    @event_priority(100)
    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Restore the order before the search numbers the pages."""
        _arrange(files, self._order)


def _arrange(files: Files, order: Iterable[File]) -> None:
    for file in order:
        files.remove(file)
        files.append(file)


def _changed(former: Project, project: Project) -> frozenset[str]:
    """Return the documents that have changed."""
    before = former.conference.documents
    return frozenset(path for path, document in project.conference.documents.items()
                     if path not in before or before[path].text != document.text)

"""MkDocs hooks: pass data to pages and problems to MkDocs' log. No state is kept here.

A build that has opened and checked the project passes it as `config.extra["project"]`. If MkDocs is run on its own
(`mkdocs build`, `mkdocs serve`), the project is opened here and its problems are reported.
"""

import gc
import logging
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from proceedings import checks
from proceedings.conference import settings
from proceedings.system import revisions
from proceedings.system.git import GitError

if TYPE_CHECKING:  # this module is loaded whenever settings are read; modules for rendering take long to import
    from proceedings.project import Project
    from proceedings.site.pages import Site
    from proceedings.site.search import Section

log = logging.getLogger("mkdocs.hooks.proceedings")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Store the site in the configuration, and derive the navigation from it."""
    gc.set_threshold(200_000, 50, 100)  # builds create few reference cycles; frequent collection costs 8 % of the time
    from proceedings.project import Project  # noqa: PLC0415 - see above
    from proceedings.site.pages import Site  # noqa: PLC0415

    given = config.extra.get("project")
    project = given if isinstance(given, Project) else _checked(Project.open(settings.of(config)))
    site = Site.of(project, last_changes(project))
    config.extra["site"] = site
    config.nav = site.nav()
    config.theme.static_templates.discard("sitemap.xml")  # for search engines, and not reproducible
    gc.freeze()  # excludes all data read so far from garbage collection, which is slow with many documents
    return config


def _checked(project: "Project") -> "Project":
    """Report the project's problems; stop at those with which MkDocs must not start."""
    problems = project.stopping()
    for problem in problems:
        log.warning("%s", problem)
    if any(problem.rule == checks.SECRECY for problem in problems):
        raise Abort("Dừng dựng trang vì có dấu chỉ độ mật.")
    if any(problem.rule == checks.LINK for problem in problems):  # MkDocs would follow a cyclic link endlessly
        raise Abort("Dừng dựng trang vì trong bộ tài liệu có lối tắt.")
    return project


def last_changes(project: "Project") -> Mapping[str, date]:
    """Return the dates of the last changes; if git fails, report the reason and continue."""
    try:
        if revisions.is_shallow(project.settings.root):
            log.info("Tài liệu cũ sẽ không ghi ngày cập nhật: %s", revisions.CUT)
        return project.last_changes
    except GitError as error:
        log.info("Trang sẽ không ghi ngày cập nhật của tài liệu. %s", error)
        return {}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Remove files that must not be published or executed; pages get the content that was checked."""
    site: Site = config.extra["site"]
    docs = Path(config.docs_dir)
    refused = [file for file in files if Path(file.src_dir or "") == docs
               and not site.publishes(file.src_uri, from_docs=True)]
    for file in refused:
        files.remove(file)
    if refused:  # theme files that these files would have replaced
        files.add_files_from_theme(config.theme.get_env(), config)
    for file in list(files):
        from_docs = Path(file.src_dir or "") == docs
        if not from_docs and not site.publishes(file.src_uri, from_docs=False):
            files.remove(file)
        elif from_docs and not file.is_documentation_page():
            file.content_bytes = site.picture(file.src_uri)
        elif file.is_documentation_page():
            FinishedPage(site.title(file.src_uri), file, config)
    return files


class FinishedPage(Page):
    """A page with the project's finished text, which MkDocs neither reads nor renders."""

    sections: "tuple[Section, ...]" = ()

    def read_source(self, config: MkDocsConfig) -> None:
        """Set the derived front matter; that of the file is never passed to the theme."""
        site: Site = config.extra["site"]
        self.markdown, self.meta = "", dict(site.meta(self.file.src_uri))

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set the finished text; its links are resolved and validated by MkDocs."""
        site: Site = config.extra["site"]
        links = _RelativePathTreeprocessor(self.file, files, config)

        def link(path: str) -> str:
            target = files.get_file_from_path(path)
            return get_relative_url(target.url, self.url) if target else ""

        content = site.content(self.file.src_uri, links.path_to_url, link)
        self.content, self.sections = content.html, content.sections
        self.toc = get_toc(list(content.headings))  # type: ignore[arg-type]  # what Python-Markdown gives
        self.present_anchor_ids, self.links_to_anchors = set(content.ids), links.links_to_anchors


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Add the search data after all pages are rendered, and use a persistent cache of compiled templates."""
    site: Site = config.extra["site"]
    from proceedings.html.fragments import compiled_templates  # noqa: PLC0415 - as above

    env.bytecode_cache = compiled_templates()
    env.auto_reload = False  # templates do not change during a build, and each build has its own environment
    pages = [(page.file.src_uri, page.url, page.sections)
             for file in files.documentation_pages() if isinstance(page := file.page, FinishedPage)]
    for path, text in site.search_files(pages).items():
        files.append(File.generated(config, path, content=text))
    return env


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object,  # noqa: ARG001
) -> dict[str, Any]:
    """Add the conference's data to the template context of a page."""
    site: Site = config.extra["site"]
    context.update(site.context(page.file.src_uri, page.edit_url or ""))
    return context

"""A typed view of mkdocs.yml. The only module that loads MkDocs' configuration."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from proceedings.problems import Problem
from proceedings.system.logs import heard
from proceedings.text.front_matter import CODE, running
from proceedings.text.source import heading_id
from proceedings.text.syllables import Rates


@dataclass(frozen=True)
class Settings:
    """What the project needs of mkdocs.yml. `root` is the folder that holds it; paths are absolute.

    `copies` is how many the printer is to make, None while no whole number is given.
    """

    root: Path
    file: Path
    docs: Path
    site: Path
    looks: Path
    name: str
    extensions: tuple[str, ...]
    extension_options: Mapping[str, Mapping[str, Any]]
    copies: int | None = None
    rates: Rates = field(default_factory=Rates)

    @property
    def folder(self) -> str:
        """docs/ as problems show it: relative to the root."""
        return self.docs.relative_to(self.root).as_posix() if self.docs.is_relative_to(self.root) else str(self.docs)


class SettingsError(ValueError):
    """mkdocs.yml that MkDocs itself does not accept, or that would run code; `problem` says why and where."""

    def __init__(self, config_file: Path, message: str, line: int = 1) -> None:
        self.problem = Problem(str(config_file), line, message, "mkdocs")
        super().__init__(str(self.problem))


def load(config_file: Path) -> Settings:
    """Read mkdocs.yml. Raises SettingsError as `configuration` does."""
    return of(configuration(config_file))


def configuration(config_file: Path, **options: Any) -> MkDocsConfig:
    """Load mkdocs.yml as MkDocs does, with MkDocs' own options such as `site_dir`.

    Raises SettingsError where MkDocs refuses it, or before it would run what is no code of ours.
    """
    for line, what in running(config_file.read_bytes() if config_file.is_file() else b""):
        raise SettingsError(config_file, f"{what} cho chạy chương trình ngoài thư mục {CODE}; hãy bỏ đi.", line)
    with heard(logging.ERROR, "mkdocs.config") as complaints:
        try:
            return load_config(str(config_file), **options)
        except Exception as error:  # YAML's own readers of numbers, days and escapes raise errors of any kind
            reason = " ".join(("; ".join(complaints) or str(error)).split())
            raise SettingsError(config_file, f"mkdocs.yml không dùng được, hãy sửa theo lời báo: {reason}") from error


def of(config: MkDocsConfig) -> Settings:
    """The same view of a configuration that MkDocs has already loaded."""
    file = Path(config.config_file_path).resolve()
    root = file.parent
    options = {name: dict(values) for name, values in (config.mdx_configs or {}).items()}
    # Ids of headings are made by one function for page, print and link checks.
    options["toc"] = {**options.get("toc", {}), "slugify": heading_id, "marker": ""}  # "[TOC]" is text like any other
    return Settings(
        root=root,
        file=file,
        docs=Path(config.docs_dir).resolve(),
        site=Path(config.site_dir).resolve(),
        looks=Path(config.theme.custom_dir or root).resolve(),
        name=config.site_name,
        extensions=tuple(str(name) for name in config.markdown_extensions),
        extension_options=options,
        copies=_count(config.extra.get("copies")),
        rates=Rates(reading=_count(config.extra.get("reading_rate")) or Rates.reading,
                    speaking=_count(config.extra.get("speaking_rate")) or Rates.speaking),
    )


def _count(value: object) -> int | None:
    return int(str(value)) if str(value).isdecimal() and int(str(value)) > 0 else None

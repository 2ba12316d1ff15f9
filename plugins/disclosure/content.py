"""Reading an office's whole content folder: records, organs, site.yaml, attachments; every problem at once."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem, has_errors


@dataclass(frozen=True, slots=True)
class Content:
    """What a content folder holds.

    `catalog` is None only when site.yaml or organs.csv could not be read, without which no record can be
    judged. `read_count` counts every record met, `reported_count` those that could not be read and stand in
    `problems` instead: read = in the catalog + reported.
    """

    catalog: Catalog | None
    problems: tuple[Problem, ...]
    read_count: int
    reported_count: int

    @property
    def publishable(self) -> bool:
        """Whether nothing stops the build."""
        return self.catalog is not None and not has_errors(self.problems)

"""What the form offers to choose from in one content folder: its organs, and the sections of the rules in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plugins.disclosure.editing.form_config import Offered
from plugins.disclosure.editor_files import organs_of
from plugins.disclosure.profile import load_regime
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.front_matter import read_entries
from plugins.disclosure.readers.site_file import FILE
from plugins.disclosure.readers.text_file import read_text_file
from plugins.disclosure.readers.written import Scalar


def offered_by(content: Path, today: date) -> Offered:
    """Organs by full name, sections by label. What cannot be read is not offered; `check` says why."""
    _, names = organs_of(content)
    return Offered(names, _sections(content, today))


def _sections(content: Path, today: date) -> list[str]:
    text = read_text_file(FoundFile(content / FILE, FILE).path, FILE).text or ""
    entries, _ = read_entries(text.split("\n"), 1, FILE)
    named = {
        entry.name: entry.node.text
        for entry in entries
        if isinstance(entry.node, Scalar) and entry.name in ("regime", "适用规则")
    }
    try:
        profile = load_regime(next(iter(named.values()), "cn")).on(today)
    except FileNotFoundError:
        return []
    return [section.label for section in profile.sections if section.kinds]

"""Editing in a browser: the form made from the kinds, and the working tree it reads and writes."""

from plugins.disclosure.editing.form_config import CodeHost, form_config
from plugins.disclosure.editing.working_tree import Refused, WorkingTree

__all__ = ["CodeHost", "Refused", "WorkingTree", "form_config"]

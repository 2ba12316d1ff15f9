"""Who publishes: the values of `content/site.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

SUMMARY, WHOLE = "摘要", "全文"
"""What feeds have of a text."""


@dataclass(frozen=True, slots=True)
class Site:
    """The portal's identity and marks (政府网站发展指引, footer items).

    `base_address` ends in a slash and includes the path prefix, if any; `government` is the id of the organ
    that answers for the whole portal; `regime` names the rules in force (`cn`, or one profile).
    `history`: what records were before is public too, as far as git and the notes of changes tell. `feed_text` says
    whether feeds have summaries or whole texts; `websub_hub` is the hub they name (WebSub), empty for none.
    """

    name: str
    city: str
    base_address: str
    government: str
    regime: str
    description: str
    id_code: str
    icp_number: str
    police_number: str
    sponsor: str
    organizer: str
    contact_phone: str
    contact_email: str
    contact_address: str
    report_error_address: str
    portal_address: str = ""
    hotline: str = ""
    time_zone: str = "Asia/Shanghai"
    history: bool = False
    search_server: str = ""
    feed_text: str = SUMMARY
    websub_hub: str = ""

    @property
    def domain(self) -> str:
        """The host alone, for the SiteDomain mark."""
        return urlsplit(self.base_address).hostname or ""

    @property
    def prefix(self) -> str:
        """The path under which the site stands, with a slash at both ends; `/` at the root."""
        return urlsplit(self.base_address).path or "/"

"""Whether a record may be public at all, and whether its dates can be true together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plugins.disclosure import document_number_faults
from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import at_field, basis

PROACTIVE = "proactive"


def not_for_the_public(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """Only what is disclosed proactively may stand on the site."""
    for record in catalog.records:
        disclosure = record.values.get("disclosure")
        if disclosure is None or disclosure == PROACTIVE:
            continue
        field = catalog.kind(record).field("disclosure")
        term = catalog.vocabularies["disclosure"].find(disclosure)
        label = term.label if term else disclosure
        yield at_field(
            catalog,
            record,
            "disclosure",
            "error",
            "record.not-for-the-public",
            f"写作“{label}”，这样的信息不能放上网站。",
            f'"{label}": such information must not stand on the site. Take the file out of the content folder, or write '
            "主动公开 (proactive) if that is what was decided.",
            "请把文件移出内容文件夹；审定为主动公开的，请改成“主动公开”。",
            str(field.source) if field and field.source else "",
        )


def reviewed_after_publication(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """The secrecy review comes before publication; the same day is in time."""
    for record, reviewed_on, published_on in _both(catalog, "reviewed_on", "published_on"):
        if reviewed_on > published_on:
            yield at_field(
                catalog,
                record,
                "reviewed_on",
                "error",
                "date.reviewed-after-publication",
                f"审查日期 {reviewed_on} 晚于发布日期 {published_on}，要先审查、后公开。",
                f"Reviewed on {reviewed_on}, after it was published on {published_on}. Review comes first: "
                "check both dates.",
                "请核对两个日期；确实没有审查的，请先撤下，审查后再发布。",
                basis("review_first"),
            )


def signed_after_publication(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A document is dated before it is published, or on the same day."""
    for record, signed_on, published_on in _both(catalog, "signed_on", "published_on"):
        if signed_on > published_on:
            yield at_field(
                catalog,
                record,
                "signed_on",
                "error",
                "date.signed-after-publication",
                f"成文日期 {signed_on} 晚于发布日期 {published_on}。",
                f"Dated {signed_on}, after it was published on {published_on}. Check both dates.",
                "请核对两个日期哪一个写错了。",
                basis("true_dates"),
            )


def published_in_future(catalog: Catalog, today: date) -> Iterator[Problem]:
    """A date of publication that has not come yet: the record waits for it; today is in time."""
    for record in catalog.records:
        published_on = record.values.get("published_on")
        if published_on is not None and published_on > today:
            yield at_field(
                catalog,
                record,
                "published_on",
                "warning",
                "date.in-future",
                f"发布日期 {published_on} 还没有到，今天是 {today}；到那天生成网站时才公开，在此之前只在预览里看得到。",
                f"The date of publication, {published_on}, has not come yet; today is {today}. The record appears when the "
                "site is built on that day, and until then in the preview alone. Mend the date if it is mistyped.",
                "请核对日期；写错的请改正。",
                basis("true_dates"),
            )


def document_number_of_another_year(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """The year in a 文号 is that of the date under the document."""
    for record in catalog.records:
        number, signed_on = record.values.get("document_number"), record.values.get("signed_on")
        if number is None or signed_on is None:
            continue
        for fault in document_number_faults.lint(number, signed_on):
            yield at_field(
                catalog,
                record,
                "document_number",
                "warning",
                fault.code,
                fault.message_zh,
                fault.message_en,
                "",
            )


def expires_before_effective(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A document ends after it begins; a term of one day is possible."""
    for record, expires_on, effective_on in _both(catalog, "expires_on", "effective_on"):
        if expires_on < effective_on:
            yield at_field(
                catalog,
                record,
                "expires_on",
                "error",
                "date.expires-before-effective",
                f"失效日期 {expires_on} 早于施行日期 {effective_on}。",
                f"It expires on {expires_on}, before it comes into force on {effective_on}. Check both dates.",
                "请核对两个日期；失效日期写有效期的最后一天。",
            )


def _both(catalog: Catalog, first: str, second: str) -> Iterator[tuple[Record, date, date]]:
    """The records that have both dates."""
    for record in catalog.records:
        one, other = record.values.get(first), record.values.get(second)
        if isinstance(one, date) and isinstance(other, date):
            yield record, one, other

"""The result as JUnit XML, for build servers: a case for every finding, and one for every check that found nothing."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.ledger.states import State
from crawler_checks.reports.result import InspectionResult
from crawler_checks.reports.wording import address_of, cleaned


def junit_report(result: InspectionResult) -> str:
    """The whole document. A waived finding and one that could not be told are skipped cases."""
    cases = list(_cases(result))
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": "0",
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
        "time": "0",
    }
    root = Element("testsuites", {"name": "gongkai"} | counts)
    about = {
        "name": cleaned(result.target),
        "timestamp": f"{result.today}T00:00:00",
        "hostname": cleaned(result.site),
    }
    suite = SubElement(root, "testsuite", about | counts)
    suite.extend(cases)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _cases(result: InspectionResult) -> Iterator[Element]:
    for check in result.checks:
        found = [one for one in result.findings if one.check == check.id]
        if not found:
            yield Element("testcase", classname=check.id, name=check.title_zh, time="0")
        for one in found:
            yield _case(one, check.title_zh, result)


def _case(finding: Finding, title: str, result: InspectionResult) -> Element:
    name = f"{title} {address_of(finding, result)} {finding.object or ''}".rstrip()
    case = Element("testcase", classname=finding.check, name=cleaned(name), time="0")
    known = result.remembered(finding)
    message = cleaned(finding.message_zh)
    if finding.outcome is Outcome.UNKNOWN:
        SubElement(case, "skipped", message=message)
    elif known is not None and known.state is State.WAIVED:
        SubElement(case, "skipped", message=f"暂不整改：{message}")
    else:
        failure = SubElement(case, "failure", message=message, type=finding.check)
        failure.text = cleaned(f"{finding.message_zh}\n{finding.message_en}\n依据：{finding.basis}")
    return case

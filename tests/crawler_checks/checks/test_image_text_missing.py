"""image_text_missing: a picture has a text, if only an empty one."""

from tests.crawler_checks.sites import findings_of, html, outline

CHECK = "image_text_missing"


def test_a_picture_with_a_text_or_an_empty_one_is_well() -> None:
    assert (
        findings_of(
            CHECK, {"/": html('<img src="a.png" alt="流程图"><img src="b.png" alt=""><img src="c.png" alt>')}
        )
        == []
    )


def test_a_picture_without_one_is_named_once_a_page() -> None:
    pages = {"/": html('<img src="/a.png"><img src="/a.png"><img src="/b.png">')}
    assert outline(findings_of(CHECK, pages)) == [("fail", "/", "/a.png"), ("fail", "/", "/b.png")]

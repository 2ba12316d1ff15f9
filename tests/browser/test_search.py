"""Search in a real browser: what readers see, with faults too, and that it is what the Python side computes."""

import gzip
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from plugins.search.analyzer import hash_term, named, pairs, skeleton, syllables, synonym_lines
from plugins.search.folding import TRADITIONAL, fold
from plugins.search.query import question_lists, read_query
from plugins.search.searching import StaticIndex

pytestmark = pytest.mark.browser

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
PIECES = (
    *'〔〕[]（）【】﹝﹞〘\u3000第号年月日令霁政办发关于０１９9三十二廿卅〇○零元x.b-_A“”。，、；/|+\n\t"',
    "2015",
    "２０１６",
    "一二",
    "低保",
    "三公”经费",
    "zhengfu",
    "國務院",
    "①",
    "㎡",
    "𠮷",
    "😀",
    "\u200b",
    "é",
    "İ",
    "ﬁ",
    "Ⅳ",
    "公租房",
    "第3条",
    "二〇一二年三月二日",
    "人民政府",
    "民政",
    "市政务",
    "怎么",
    "我要查",
    "的",
    "吗",
)


IN_ORDER_OF_2024 = """() => {
  const days = [...document.querySelectorAll("#search-results .row-date")].map((one) => one.textContent);
  return days.length && days.every((day, at) => day.startsWith("2024-") && (!at || day <= days[at - 1]));
}"""


@pytest.fixture
def search_page(page: Page, prefixed_site_address: str) -> Page:
    """The search page under a path prefix."""
    page.goto(prefixed_site_address + "search.html")
    return page


def status(page: Page) -> Any:
    return expect(page.locator("#search-status[role=status]"))


def ask(page: Page, words: str) -> None:
    page.locator("#search-words").fill(words)
    page.keyboard.press("Enter")


# ---- the same on both sides ----


def vectors() -> Iterator[str]:
    """Every character of the first plane, and strings put together from awkward pieces."""
    yield from (chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000)
    rng = random.Random(11)
    for _ in range(15000):
        yield "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 14)))


def understood(text: str) -> dict[str, Any]:
    """What the Python side makes of a text, in the shape the browser gives it."""
    folded = fold(text)
    bare = skeleton(folded)
    query = read_query(text)
    return {
        "folded": folded,
        "terms": [*pairs(bare), *named(folded, bare)],
        "hash": hash_term(text),
        "words": [[w.bare, [[p.bare, list(p.terms)] for p in w.parts], w.exact] for w in query.words],
        "lookups": [
            [one.term, one.word, [list(way) for way in one.instead], one.needed] for one in query.lookups
        ],
        "quoted": query.quoted,
    }


UNDERSTAND = """async (given) => {
  const [texts, table, synonyms, syllables, questions] = JSON.parse(given);
  const s = await import(new URL("static/search.js", document.baseURI));
  s.setTable(table);
  s.setWords(synonyms, syllables, questions);
  return JSON.stringify(texts.map((text) => {
    const folded = s.fold(text), bare = s.skeleton(folded), query = s.readQuery(text);
    return {
      folded,
      terms: [...s.pairs(bare), ...s.named(folded, bare)],
      hash: s.hashTerm(text),
      words: query.words.map((w) => [w.bare, w.parts.map((p) => [p.bare, p.terms]), w.exact]),
      lookups: query.lookups.map((one) => [one.term, one.word, one.instead, one.needed]),
      quoted: query.quoted,
    };
  }));
}"""
"""Both ways as one string of JSON, which a browser hands over many times faster than values in values."""


@pytest.mark.long
def test_the_browser_understands_every_text_as_python_does(page: Page, site_address: str) -> None:
    page.goto(site_address + "index.html")
    texts = list(vectors())
    words = [
        TRADITIONAL.read_text(encoding="utf-8"),
        synonym_lines(),
        sorted({syllable for found in syllables().values() for syllable in found}),
        ["|".join(words) for words in question_lists()],
    ]
    assert len(texts) > 70000
    for start in range(0, len(texts), 8000):
        chunk = texts[start : start + 8000]
        answer = json.loads(page.evaluate(UNDERSTAND, json.dumps([chunk, *words])))
        for text, there in zip(chunk, answer, strict=True):
            assert there == understood(text), repr(text)


def test_the_browser_finds_what_python_finds_in_the_same_order(
    page: Page, site_address: str, example_site: Any
) -> None:
    index = StaticIndex(example_site.folder / "search")
    rng = random.Random(5)
    cards = [index.segments[0].card(rng.randrange(index.segments[0].count)) for _ in range(60)]
    queries = [card.title for card in cards[:20]] + [card.number for card in cards if card.number]
    queries += [card.text[30:42] for card in cards] + [f"{card.organ} {card.kind}" for card in cards[:20]]
    queries += [
        "公租房 2024",
        "zhengfu xinxi gongkai",
        "zhengfuxinxigongkai",
        "公租房怎么申请",
        "霁政发[1999]1号",
        "税",
        "不存在的东西",
        '"政府信息"',
        "政府信息",
        "民政",
        "市政",
        "霁川市人民政府",
        "会议费",
        "jiehun dengji",
        "minzhengju 2024",
    ]
    page.goto(site_address + "index.html")
    found = page.evaluate(
        """async (queries) => {
          const s = await import(new URL("static/search.js", document.baseURI));
          const index = await s.openIndex(new URL("search/", document.baseURI).href);
          const all = [];
          for (const query of queries) {
            const found = await index.search(query);
            const hits = await index.show(found);
            all.push([hits.map((hit) => [hit.card[0], Boolean(hit.whole)]), found.total, found.exact]);
          }
          return all;
        }""",
        queries,
    )
    for query, there in zip(queries, found, strict=True):
        answer = index.search(query)
        here = [[[hit.card.key, hit.whole] for hit in answer.hits], answer.total, answer.exact]
        assert there == here, query


def test_the_script_of_search_is_small(example_site: Any) -> None:
    scripts = [example_site.folder / "static" / name for name in ("search.js", "search_page.js")]
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) <= 12.5 * 1024


# ---- what readers do ----


def test_a_number_in_any_brackets_finds_its_document_first(search_page: Page, example_site: Any) -> None:
    index = StaticIndex(example_site.folder / "search")
    card = next(one for one in map(index.segments[0].card, range(index.segments[0].count)) if one.number)
    ask(search_page, card.number.replace("〔", "[").replace("〕", "]第"))
    status(search_page).to_contain_text("找到")
    first = search_page.locator("#search-results a").first
    expect(first).to_have_text(card.title)
    first.click()
    expect(search_page.locator("h1")).to_contain_text(card.title)


def test_results_come_while_typing_and_the_address_can_be_shared(search_page: Page, context: Any) -> None:
    search_page.locator("#search-words").press_sequentially("政府信息公开", delay=20)
    status(search_page).to_contain_text("找到")
    marks = search_page.locator("#search-results mark").all_text_contents()
    assert marks
    assert all(mark in "政府信息公开" for mark in marks)
    other = context.new_page()
    other.goto(search_page.url)
    status(other).to_contain_text("找到")
    expect(other.locator("#search-words")).to_have_value("政府信息公开")
    assert (
        other.locator("#search-results a").all_text_contents()
        == search_page.locator("#search-results a").all_text_contents()
    )


@pytest.mark.parametrize(
    ("words", "place", "what"),
    [
        ("依申请公开", "依申请公开", "栏目"),
        ("年报", "政府信息公开年报", "栏目"),
        ("领导", "领导信息", "栏目"),
        ("预算", "财政预决算", "栏目"),
        ("劳动局", "霁川市人力资源和社会保障局", "机构"),
        ("民政局电话", "霁川市民政局", "机构"),
        ("民政", "霁川市民政局", "机构"),
        ("文号", "按文号查阅", "页面"),
    ],
)
def test_a_section_or_organ_asked_for_by_name_stands_above_the_results(
    search_page: Page, words: str, place: str, what: str
) -> None:
    ask(search_page, words)
    status(search_page).to_contain_text("名称相符的入口，列在最前面")
    first = search_page.get_by_role("list", name="名称相符的入口").get_by_role("listitem").first
    expect(first).to_contain_text(what)
    expect(first.get_by_role("link")).to_have_text(place)
    first.get_by_role("link").press("Enter")
    expect(search_page.locator("h1")).to_contain_text(place)


@pytest.mark.parametrize("words", ["公开", "局", "霁川市民政局关于做好困难群众救助工作的通知"])
def test_what_many_are_called_and_a_piece_of_a_text_offer_no_section(search_page: Page, words: str) -> None:
    ask(search_page, words)
    status(search_page).to_contain_text("条")
    expect(search_page.locator("#search-places")).to_be_hidden()
    status(search_page).not_to_contain_text("入口")


def test_sections_are_offered_on_the_first_page_alone_and_without_the_index(search_page: Page) -> None:
    ask(search_page, "年报")
    places = search_page.locator("#search-places")
    expect(places).to_be_visible()
    search_page.locator("#search-pages a", has_text="下一页").click()
    expect(places).to_be_hidden()
    search_page.route("**/start.bin", lambda route: route.abort())
    search_page.goto(search_page.url.partition("?")[0] + "?q=年报")
    status(search_page).to_contain_text("没有连上网站")
    expect(places.get_by_role("link")).to_have_text("政府信息公开年报")


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_turned_by_keyboard_and_the_reader_is_at_their_beginning(
    search_page: Page, width: int
) -> None:
    search_page.set_viewport_size({"width": width, "height": 720})
    ask(search_page, "政府信息公开")
    status(search_page).to_contain_text("找到")
    first = search_page.locator("#search-results a").first.text_content()
    search_page.locator("#search-pages a", has_text="下一页").focus()
    search_page.keyboard.press("Enter")
    expect(search_page.locator("#search-pages")).to_contain_text("第 2 页")
    expect(search_page.locator("#search-status")).to_be_focused()
    status(search_page).to_contain_text("第 2 页")
    for shown in ("#search-status", "#search-results a >> nth=0"):
        box = search_page.locator(shown).bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 720
    search_page.keyboard.press("Tab")
    expect(search_page.locator("#search-results a").first).to_be_focused()
    assert search_page.locator("#search-results a").first.text_content() != first
    search_page.go_back()
    expect(search_page.locator("#search-results a").first).to_have_text(first or "")


def test_filters_tell_how_many_and_narrow_the_answer(search_page: Page) -> None:
    ask(search_page, "政府信息公开")
    search_page.locator("#search-filters > summary").click()
    organ = search_page.locator("[data-facet=organ] label").first
    name, _, count = (organ.text_content() or "").strip().rstrip("）").rpartition("（")
    organ.locator("input").check()
    status(search_page).to_have_text(f"找到 {count} 条。")
    assert "organ=" in search_page.url
    for note in search_page.locator("#search-results .row-note").all_text_contents():
        assert name in note
    search_page.locator("#search-chosen button").click()
    status(search_page).not_to_have_text(f"找到 {count} 条。")


def test_every_value_of_a_filter_can_be_had(search_page: Page) -> None:
    ask(search_page, "公开")
    search_page.locator("#search-filters > summary").click()
    group = search_page.locator("[data-facet=organ]")
    rest = group.locator("summary")
    expect(rest).to_contain_text("其余")
    expect(group.locator("label:visible")).to_have_count(12)
    rest.click()
    last = group.locator("label").last
    expect(last).to_be_visible()
    last.locator("input").check()
    status(search_page).to_contain_text("找到")
    assert "organ=" in search_page.url


def test_what_no_longer_holds_has_its_sign(search_page: Page) -> None:
    search_page.goto(search_page.url + "?validity=废止")
    status(search_page).to_contain_text("找到")
    marks = search_page.locator("#search-results .state")
    assert marks.count() == search_page.locator("#search-results li").count() > 0
    expect(marks.first).to_have_class("state state-repealed")
    expect(marks.first.locator("svg.sign")).to_have_count(1)


def test_years_and_order_by_date(search_page: Page) -> None:
    ask(search_page, "公开")
    search_page.locator("#search-filters > summary").click()
    search_page.locator("#search-years button", has_text="2024").click()
    expect(search_page.locator("#search-chosen button")).to_contain_text("2024-01-01")
    search_page.get_by_label("最新的在前").check()
    search_page.wait_for_function(IN_ORDER_OF_2024)
    assert search_page.locator("#search-results .row-date").count() > 1


def test_without_words_a_filter_lists_everything_it_leaves(page: Page, site_address: str) -> None:
    page.goto(site_address + "search.html?kind=政策解读")
    status(page).to_contain_text("找到")
    assert all("政策解读" in note for note in page.locator("#search-results .row-note").all_text_contents())


def test_the_box_of_every_page_leads_to_the_answer(page: Page, prefixed_site_address: str) -> None:
    page.goto(prefixed_site_address + "section/policy.html")
    page.locator(".search-box input").fill("公租房")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    status(page).to_contain_text("找到")


def test_odd_words_get_a_clear_answer(search_page: Page) -> None:
    odd = {
        "！？。……": "只有标点和符号",
        "😀😀": "只有标点和符号",
        "甲乙丙丁戊己庚辛壬癸子丑寅卯": "没有",
        "霁政发〔1999〕888号": "没有",
        "税" * 10000: "只看了前 200 个字",
        "   ": "请写下要找的词",
    }
    for words, told in odd.items():
        ask(search_page, "公租房")
        status(search_page).to_contain_text("找到")
        search_page.locator("#search-words").evaluate(
            "(box, words) => { box.removeAttribute('maxlength'); box.value = words }", words
        )
        search_page.locator(".search-go").click()
        status(search_page).to_contain_text(told)


def test_a_number_nobody_has_leads_to_the_numbers_of_its_year(search_page: Page) -> None:
    ask(search_page, "霁政发〔2024〕8888号")
    search_page.locator("#search-results a", has_text="2024 年的全部文号").click()
    expect(search_page.locator("h1")).to_contain_text("2024年文号")


def test_an_excerpt_never_begins_or_ends_inside_a_number_or_a_rare_character(
    page: Page, site_address: str
) -> None:
    page.goto(site_address + "index.html")
    cut = page.evaluate(
        """async () => {
          const s = await import(new URL("static/search.js", document.baseURI));
          s.setWords([], [], ["我", "怎么", "吗"]);
          const query = s.readQuery("水厂");
          const found = [];
          for (let before = 0; before < 40; before++) {
            for (const filling of ["1234567890.5", "𠮷"]) {
              const text = filling.repeat(40).slice(0, 60 + before * 2) + "，新建水厂" + "一".repeat(before) + filling.repeat(20);
              found.push([text, s.marked(text, query, 96).map((piece) => piece[0]).join("")]);
            }
          }
          return found;
        }"""
    )
    for text, shown in cut:
        inner = shown.strip("…")
        at = text.find(inner)
        assert at >= 0, (text, shown)
        assert "水厂" in inner
        for place in (at, at + len(inner)):
            beside = text[max(0, place - 1) : place + 1]
            longest = len(inner) > 96 + 30
            assert longest or not (len(beside) == 2 and all(one in "0123456789." for one in beside)), shown


def test_a_question_is_answered_as_its_words_are(search_page: Page) -> None:
    ask(search_page, "公租房怎么申请？")
    status(search_page).to_contain_text("找到")
    first = search_page.locator("#search-results a").first.text_content()
    ask(search_page, "公租房 申请")
    expect(search_page.locator("#search-results a").first).to_have_text(first or "")


def test_the_full_pinyin_of_a_title_finds_it(search_page: Page) -> None:
    ask(search_page, "gonggongzulinzhufang")
    status(search_page).to_contain_text("找到")
    expect(search_page.locator("#search-results a").first).to_contain_text("公共租赁住房")


def test_markup_stays_text(search_page: Page) -> None:
    search_page.on("dialog", lambda _: pytest.fail("a script ran"))
    ask(search_page, "<img src=x onerror=alert(1)> 公开")
    status(search_page).to_contain_text("条")
    assert search_page.locator("#search-results img, #search-status img").count() == 0


# ---- faults ----


def test_a_missing_index_is_told(page: Page, site_address: str) -> None:
    page.route("**/search/start.bin", lambda route: route.fulfill(status=404))
    page.goto(site_address + "search.html?q=公开")
    status(page).to_contain_text("缺少检索数据")


def test_one_missing_shard_leaves_the_rest(page: Page, site_address: str) -> None:
    asked: list[str] = []

    def first_is_lost(route: Route) -> None:
        asked.append(route.request.url)
        _ = route.fulfill(status=404) if len(asked) == 1 else route.continue_()

    page.route("**/search/*/h/*.bin", first_is_lost)
    page.goto(site_address + "search.html?q=政府信息公开指南")
    status(page).to_contain_text("有一部分检索数据没有读到")
    assert page.locator("#search-results a").count() > 0


@pytest.mark.parametrize(
    ("part", "way"),
    [
        ("start.bin", "other bytes"),
        ("start.bin", "cut off"),
        ("*/h/*.bin", "other bytes"),
        ("*/t/*.bin", "cut off"),
        ("*/f/*.bin", "other bytes"),
        pytest.param("*/h/*.bin", "cut off", marks=pytest.mark.thorough),
        pytest.param("*/t/*.bin", "other bytes", marks=pytest.mark.thorough),
        pytest.param("*/f/*.bin", "cut off", marks=pytest.mark.thorough),
    ],
)
def test_damaged_data_are_told_and_never_shown(
    page: Page, site_address: str, example_site: Any, part: str, way: str
) -> None:
    def damage(route: Route) -> None:
        whole = (example_site.folder / route.request.url.removeprefix(site_address)).read_bytes()
        route.fulfill(body=whole[: len(whole) // 2] if way == "cut off" else b"\x1f\x8bnothing of use")

    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.route(f"**/search/{part}", damage)
    page.goto(site_address + "search.html?q=公开&kind=政策解读")
    status(page).to_contain_text("检索数据不完整")
    expect(page.locator("#search-results")).to_be_hidden()


def test_without_a_network_that_is_what_is_told(search_page: Page) -> None:
    search_page.context.set_offline(True)
    ask(search_page, "公租房")
    status(search_page).to_contain_text("没有连上网站")
    search_page.context.set_offline(False)
    ask(search_page, "公租房")
    status(search_page).to_contain_text("找到")


def test_without_a_script_the_page_leads_on(browser: Browser, prefixed_site_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(prefixed_site_address + "search.html?q=公租房")
    status(page).to_contain_text("从下面的入口查阅")
    expect(page.locator("input[type=search]")).to_be_hidden()
    page.goto(prefixed_site_address + "index.html")
    expect(page.locator("input[type=search]:visible")).to_have_count(0)
    page.locator(".to-search").click()
    for name in ("按文号查阅", "按机构查阅", "按主题查阅", "按年份查阅"):
        page.goto(prefixed_site_address + "search.html")
        page.locator(".search-ways a", has_text=name).click()
        expect(page.locator("h1")).to_be_visible()
        assert page.locator("main a").count() > 3, name
    context.close()


def test_where_nothing_is_found_titles_that_sound_alike_are_offered(search_page: Page) -> None:
    ask(search_page, "攻租坊")
    status(search_page).to_contain_text("没有找到“攻租坊”")
    status(search_page).to_contain_text("拼音字母")
    expect(search_page.locator("#search-results a").first).to_have_text("公租房")
    expect(search_page.locator("#search-results a").nth(1)).to_contain_text("公共租赁住房")
    ask(search_page, "攻租坊 身请")
    expect(search_page.locator("#search-results a").first).to_contain_text("公共租赁住房")
    ask(search_page, "嘎嘎鱼")
    status(search_page).to_contain_text("没有找到“嘎嘎鱼”")
    expect(search_page.locator("#search-results")).to_be_hidden()


@pytest.mark.parametrize(
    ("letters", "word"),
    [("gongjijin", "公积金"), ("yi bao", "医保"), ("yibao", "医保"), ("底保", "低保")],
)
def test_where_nothing_is_found_known_words_that_sound_alike_are_offered(
    search_page: Page, letters: str, word: str
) -> None:
    ask(search_page, letters)
    status(search_page).to_contain_text("拼音字母与它相同或相近，是不是要找它们？")
    first = search_page.locator("#search-results a").first
    expect(first).to_have_text(word)
    first.press("Enter")
    status(search_page).to_contain_text("找到")
    expect(search_page.locator("#search-words")).to_have_value(word)


def test_words_that_sound_like_what_was_typed_stand_before_what_was_found(search_page: Page) -> None:
    ask(search_page, "minzhengju")
    status(search_page).to_contain_text("拼音字母")
    expect(search_page.locator("#search-results a").first).to_have_text("民政局")
    assert search_page.locator("#search-results a").count() > 5


def test_titles_of_which_a_part_sounds_alike_are_not_offered(search_page: Page) -> None:
    ask(search_page, "结婚登记")
    status(search_page).to_contain_text("没有找到“结婚登记”")
    expect(search_page.locator("#search-results")).to_be_hidden()


def test_a_year_without_numbers_is_not_led_to(search_page: Page) -> None:
    ask(search_page, "霁政发〔1950〕9号")
    status(search_page).to_contain_text("没有找到")
    expect(search_page.locator("#search-results")).to_be_hidden()


def test_a_word_that_stands_in_another_by_accident_is_neither_found_nor_marked(search_page: Page) -> None:
    ask(search_page, "民政")
    status(search_page).to_contain_text("找到")
    for row in search_page.locator("#search-results .row").all():
        expect(row).to_contain_text("民政")
        assert "<mark>民政</mark>府" not in row.inner_html()
    expect(search_page.locator("#search-results a").first).to_have_text("霁川市民政局")


@pytest.mark.parametrize(
    ("words", "state", "number"),
    [("会议费", "in_force", "霁财发〔2025〕3号"), ("霁财发〔2018〕6号", "repealed", "霁财发〔2018〕6号")],
)
def test_what_is_in_force_comes_first_and_what_ended_is_found_by_its_number(
    search_page: Page, words: str, state: str, number: str
) -> None:
    ask(search_page, words)
    status(search_page).to_contain_text("找到")
    row = search_page.locator("#search-results .row").first
    expect(row).to_contain_text(number)
    expect(row.locator(f".state-{state} svg.sign")).to_have_count(1)


# ---- limits ----


def test_a_strict_policy_lets_search_work(page: Page, site_address: str) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)

    def strictly(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": STRICT})

    page.route("**/*.html*", strictly)
    page.goto(site_address + "search.html?q=公租房")
    status(page).to_contain_text("找到")
    assert refused == []


def test_a_query_needs_few_requests(page: Page, site_address: str) -> None:
    page.goto(site_address + "search.html")
    status(page).to_contain_text("请写下要找的词")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, "霁川市财政局关于印发政府信息公开工作年度报告的通知 2024年")
    status(page).to_contain_text("条")
    expect(page.locator("#search-results a").first).to_be_visible()
    data = [url for url in asked if "/search/" in url]
    assert 0 < len(data) <= 20


@pytest.mark.parametrize("text", ["standard", "large"])
def test_results_and_filters_fit_a_narrow_screen_and_axe(
    browser: Browser, site_address: str, text: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="zh-CN")
    page = context.new_page()
    page.goto(site_address + "search.html?q=政府信息公开&kind=政策解读")
    page.evaluate("text => document.documentElement.dataset.text = text", text)
    page.locator("#search-filters summary").click()
    expect(page.locator("[data-facet=organ] label").first).to_be_visible()
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    violations = [one["id"] for one in Axe().run(page).response["violations"]]
    context.close()
    assert over <= 0
    assert violations == []

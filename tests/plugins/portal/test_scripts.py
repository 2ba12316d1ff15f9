"""Published scripts are what we wrote, with fewer spaces."""

import re
from pathlib import Path

import pytest

from plugins.portal.scripts import packed_script

STATIC = Path(__file__).parents[3] / "theme/static"
SCRIPTS = sorted(path.name for path in STATIC.glob("*.js"))


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("// words\n  const a = 1;  // more\n\n", "const a=1;\n"),
        ('say("a = b, // c", `x + ${ y }`);', 'say("a = b, // c",`x + ${ y }`);\n'),
        ("const a = / {0,2}[=/] /gu;", "const a=/ {0,2}[=/] /gu;\n"),
        ("a = b / c / d + +e - -f;", "a=b/c/d + +e - -f;\n"),
        ("return [a, ...b].map((c) => -c);", "return[a,...b].map(c=>-c);\n"),
        ("if (a) {\n  b(\n    c,\n  );\n}\nd()\n  .e();\n", "if(a){b(c)}\nd().e();\n"),
        ("f(async (a) => b, (c, d) => `${(e) => e}`);", "f(async(a)=>b,(c,d)=>`${(e) => e}`);\n"),
        ("const a = 1;\n  const b = 2;\nlet c;\nconst d = 3;\n", "const a=1,b=2;let c;const d=3;\n"),
        ("const [a] = b\nc();", "const[a]=b\nc();\n"),
        ("for (const one of [1, 2]) await one;", "for(const one of[1,2])await one;\n"),
    ],
)
def test_spaces_go_where_they_say_nothing(written: str, published: str) -> None:
    assert packed_script(written).decode() == published


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_of_ours_says_the_same(name: str) -> None:
    written = (STATIC / name).read_text(encoding="utf-8")
    published = packed_script(written).decode()
    code = re.sub(r"(?m)^\s*(?://|/\*\*).*$|(?<=[;,]) // .*$", "", written)
    assert bare(published) == bare(code)


def bare(script: str) -> str:
    """Without white space, what may be left out before a closing bracket or in one statement, and needless brackets."""
    script = re.sub(r"[;,](?=[})\]])", "", re.sub(r"\s", "", script))
    return re.sub(r"(?<!\w)\((\w+)\)=>", r"\1=>", script.replace(";const", ","))

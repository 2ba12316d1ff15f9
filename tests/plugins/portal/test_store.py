"""The store: exactly the planned files, each whole, and no work done twice."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from plugins.portal.plan import AddressTaken, Function, Later, Output, fingerprint, planned
from plugins.portal.store import InOrder, OutputNotOurs, store_path, write_outputs


def _bytes(text):
    return text.encode()


def _plan(**files):
    """Outputs from address (with `__` for `/` and `_` for `.`) to text."""
    outputs = []
    for name, text in files.items():
        address = name.replace("__", "/").replace("_", ".")
        outputs.append(Output(address, Function(_bytes), text, fingerprint(text)))
    return planned(outputs)


def _render(output):
    return output.maker.call(output.inputs)


def _tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def output(tmp_path):
    return tmp_path / "site" / "output"


def test_all_planned_files_are_written_with_their_folders(output):
    done = write_outputs(_plan(index_html="a", policy__x_html="b"), output, _render)

    assert _tree(output) == {"index.html": b"a", "policy/x.html": b"b"}
    assert done.written == ["index.html", "policy/x.html"]


def test_a_second_run_renders_and_writes_nothing(output):
    write_outputs(_plan(index_html="a", policy__x_html="b"), output, _render)
    done = write_outputs(_plan(index_html="a", policy__x_html="b"), output, _render)

    assert (done.rendered, done.written, done.removed, done.unchanged) == ([], [], [], 2)


def test_only_the_changed_file_is_written(output):
    write_outputs(_plan(index_html="a", policy__x_html="b"), output, _render)
    done = write_outputs(_plan(index_html="a", policy__x_html="c"), output, _render)

    assert done.written == ["policy/x.html"]
    assert _tree(output)["policy/x.html"] == b"c"


def test_a_page_rendered_again_to_the_same_bytes_is_not_written(output):
    write_outputs(_plan(index_html="a"), output, _render)
    before = (output / "index.html").stat().st_mtime_ns
    plan = [Output("index.html", Function(_bytes), "a", fingerprint("another template, the same text"))]
    done = write_outputs(plan, output, _render)

    assert (done.rendered, done.written) == (["index.html"], [])
    assert (output / "index.html").stat().st_mtime_ns == before


def test_a_file_nobody_plans_any_more_is_removed_with_its_empty_folder(output):
    write_outputs(_plan(index_html="a", policy__x_html="b"), output, _render)
    done = write_outputs(_plan(index_html="a"), output, _render)

    assert done.removed == ["policy/x.html"]
    assert [path.name for path in output.iterdir()] == ["index.html"]


def test_a_file_changed_by_somebody_is_put_right(output):
    write_outputs(_plan(index_html="a"), output, _render)
    (output / "index.html").write_bytes(b"hacked")
    done = write_outputs(_plan(index_html="a"), output, _render)

    assert done.written == ["index.html"]
    assert _tree(output) == {"index.html": b"a"}


def test_a_file_that_was_deleted_comes_back(output):
    write_outputs(_plan(index_html="a", policy__x_html="b"), output, _render)
    (output / "policy/x.html").unlink()
    write_outputs(_plan(index_html="a", policy__x_html="b"), output, _render)

    assert _tree(output) == {"index.html": b"a", "policy/x.html": b"b"}


def test_a_touched_file_with_the_same_bytes_is_left_alone(output):
    write_outputs(_plan(index_html="a"), output, _render)
    os.utime(output / "index.html", ns=(1, 1))
    done = write_outputs(_plan(index_html="a"), output, _render)

    assert (done.rendered, done.unchanged) == ([], 1)


def test_a_store_that_cannot_be_read_costs_work_and_nothing_else(output):
    write_outputs(_plan(index_html="a"), output, _render)
    store_path(output).write_bytes(b"\x00 not a store")
    done = write_outputs(_plan(index_html="a"), output, _render)

    assert (done.rendered, done.written) == (["index.html"], [])
    assert _tree(output) == {"index.html": b"a"}


def test_a_folder_with_somebodys_files_is_refused_and_left_as_it_was(output):
    output.mkdir(parents=True)
    (output / "thesis.docx").write_bytes(b"years of work")

    with pytest.raises(OutputNotOurs, match="不是本程序生成的文件"):
        write_outputs(_plan(index_html="a"), output, _render)
    assert _tree(output) == {"thesis.docx": b"years of work"}


def test_a_finishing_file_sees_all_others(output):
    def finish(entries):
        text = " ".join(sorted(entries))
        return [Output("manifest.json", Function(_bytes), text, fingerprint(text))]

    write_outputs(_plan(index_html="a", policy__x_html="b"), output, _render, [[finish]])
    assert _tree(output)["manifest.json"] == b"index.html policy/x.html"

    again = write_outputs(_plan(index_html="a", policy__x_html="b"), output, _render, [[finish]])
    assert (again.written, again.unchanged) == ([], 3)


@pytest.mark.parametrize("workers", [1, 2])
def test_files_that_are_finished_together_see_all_before_them_and_not_each_other(output, workers):
    def finish(name):
        def plan(entries):
            text = " ".join(sorted(entries))
            return [Output(f"{name}.txt", Function(_bytes), text, fingerprint(text))]

        return plan

    together = [[finish("a"), finish("b")], [finish("c")]]
    write_outputs(_plan(index_html="i"), output, _render, together, workers=workers)

    assert [_tree(output)[f"{name}.txt"] for name in "abc"] == [
        b"index.html",
        b"index.html",
        b"a.txt b.txt index.html",
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_made_in_order_is_made_from_the_files_before_it_while_others_are_planned(output, workers):
    def lines(entries):
        def of(name):
            return Later(lambda: (output / name).read_text() + "!")

        return InOrder(
            [
                Output("z.txt", Function(_bytes), "z", fingerprint("z")),
                Output("y.txt", Function(_bytes), of("z.txt"), fingerprint("y")),
                Output("x.txt", Function(_bytes), of("y.txt"), fingerprint("x")),
            ]
        )

    def beside(entries):
        return [Output("beside.txt", Function(_bytes), " ".join(sorted(entries)), fingerprint("beside"))]

    write_outputs(_plan(index_html="i"), output, _render, [[lines, beside]], workers=workers)
    again = write_outputs(_plan(index_html="i"), output, _render, [[lines, beside]], workers=workers)

    assert [_tree(output)[f"{name}.txt"] for name in "xyz"] == [b"z!!", b"z!", b"z"]
    assert _tree(output)["beside.txt"] == b"index.html"
    assert again.written == []


def test_values_that_are_made_later_count_in_the_fingerprint(output):
    def plan(text):
        return [Output("index.html", Function(_bytes), Later(str.upper, (text,)), basis=b"template")]

    first = write_outputs(plan("a"), output, _render)
    again = write_outputs(plan("a"), output, _render)
    changed = write_outputs(plan("b"), output, _render)

    assert [done.rendered for done in (first, again, changed)] == [["index.html"], [], ["index.html"]]
    assert _tree(output) == {"index.html": b"B"}


def test_two_outputs_with_one_address_are_refused_even_if_they_differ_by_case():
    with pytest.raises(AddressTaken, match=r"policy/A\.html"):
        planned(Output(address, Function(_bytes), "", b"") for address in ("policy/a.html", "policy/A.html"))


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_workers_writes_the_same_bytes(output, workers):
    plan = _plan(**{f"page__{number}_html": f"text {number}" for number in range(300)})
    done = write_outputs(plan, output, _render, workers=workers)

    assert _tree(output) == {f"page/{number}.html": f"text {number}".encode() for number in range(300)}
    assert done.written == sorted(f"page/{number}.html" for number in range(300))


@pytest.mark.parametrize("last", [0, 1, 37, 99])
def test_a_killed_build_leaves_every_file_whole_and_the_next_one_finishes(output, last):
    """Killed while rendering page `last` of 100, over a tree of older pages."""
    old = {f"page__{number}_html": f"old {number} " * 900 for number in range(100)}
    new = {f"page__{number}_html": f"new {number} " * 900 for number in range(5, 105)}
    write_outputs(_plan(**old), output, _render)

    def render_and_die(out):
        if out.address == _plan(**new)[last].address:
            os.kill(os.getpid(), signal.SIGKILL)
        return _render(out)

    process = multiprocessing.get_context("fork").Process(
        target=write_outputs, args=(_plan(**new), output, render_and_die)
    )
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL

    whole = {text.encode() for text in (*old.values(), *new.values())}
    assert set(_tree(output).values()) <= whole

    write_outputs(_plan(**new), output, _render)
    assert _tree(output) == {
        name.replace("__", "/").replace("_", "."): text.encode() for name, text in new.items()
    }


def test_what_a_killed_build_left_half_written_is_swept_up(output):
    write_outputs(_plan(index_html="a"), output, _render)
    (output / ".index.html.gongkai-part77").write_bytes(b"hal")
    done = write_outputs(_plan(index_html="a"), output, _render)

    assert _tree(output) == {"index.html": b"a"}
    assert done.removed == []


def test_a_first_build_that_was_killed_can_be_repeated(output: Path):
    """No manifest, no finished store: the folder must still be known as ours."""
    process = multiprocessing.get_context("fork").Process(
        target=write_outputs, args=(_plan(a_html="a", b_html="b"), output, _die_at_b)
    )
    process.start()
    process.join()
    assert _tree(output) == {"a.html": b"a"}

    write_outputs(_plan(a_html="a", b_html="b"), output, _render)
    assert _tree(output) == {"a.html": b"a", "b.html": b"b"}


def _die_at_b(out):
    if out.address == "b.html":
        os.kill(os.getpid(), signal.SIGKILL)
    return _render(out)

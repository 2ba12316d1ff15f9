"""A process that stays and answers, a line for a line, until it is told to end."""

import sys
import threading

import pytest

from workbench.staying import Staying

ECHO = """
import json, sys
for line in sys.stdin:
    print(json.dumps({"told": json.loads(line)}), flush=True)
"""
ENDS = "import sys; sys.stdin.readline()"
WORKS = """
import json, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs begin with it ignored
for line in sys.stdin:
    print("begun", file=sys.stderr, flush=True)
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        print(json.dumps({"state": "interrupted"}), flush=True)
"""


def test_each_question_has_its_answer_from_the_same_process():
    process = Staying([sys.executable, "-c", ECHO])
    try:
        assert [process.ask({"n": n}) for n in (1, 2)] == [{"told": {"n": 1}}, {"told": {"n": 2}}]
    finally:
        process.close()


def test_a_process_that_ended_answers_nothing_and_the_next_question_is_for_a_new_one():
    process = Staying([sys.executable, "-c", ENDS])

    assert [process.ask({}), process.ask({})] == [None, None]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal")
def test_what_it_is_doing_can_be_interrupted_from_another_thread():
    process = Staying([sys.executable, "-c", WORKS])
    stop = threading.Event()

    def interrupt():
        while not stop.wait(0.2):
            process.interrupt()

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        assert process.ask({}) in ({"state": "interrupted"}, None)  # None: before it was ready for it
    finally:
        stop.set()
        thread.join()
        process.close()


def test_nobody_is_interrupted_while_nothing_was_asked():
    process = Staying([sys.executable, "-c", ECHO])
    try:
        process.ask({})
        process.interrupt()

        assert process.ask({"n": 1}) == {"told": {"n": 1}}
    finally:
        process.close()

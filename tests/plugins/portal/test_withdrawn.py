"""A published record that goes is declared, explained at its old address, and told to web servers."""

import gzip
import http.client
import json
import os
import socket
import subprocess
import time

import pytest

from plugins.manifest.comparing import verify_folder, verify_site
from plugins.manifest.deploying import deploy
from plugins.manifest.targets import FolderTarget
from plugins.portal.build import BuildRefused
from workbench.debian import program


def test_a_published_record_that_vanishes_stops_the_build_and_leaves_the_site_alone(office):
    office.build()
    before = office.tree()
    (office.content / "policy/2025-0002.md").unlink()

    with pytest.raises(BuildRefused) as refused:
        office.build()
    (problem,) = [problem for problem in refused.value.problems if problem.severity == "error"]
    assert (problem.file, problem.code) == ("tombstones.csv", "record.vanished")
    assert "policy/2025-0002,2026-01-31," in problem.hint
    assert office.tree() == before


def test_a_record_that_was_never_published_may_go(office):
    (office.content / "policy/2025-0002.md").unlink()

    assert "policy/2025-0002.html" not in office.build().written


def test_a_declared_record_is_explained_where_it_was(office):
    office.build()
    office.withdraw("policy/2025-0002", replaced_by="policy/2025-0003")
    office.build()
    tree = office.tree()
    page = tree["policy/2025-0002.html"].decode()

    assert "2026-11-01" in page
    assert "内容有误。" in page
    assert 'href="../policy/2025-0003.html"' in page
    assert 'content="noindex"' in page
    assert json.loads(tree["policy/2025-0002.json"])["replaced_by"].endswith("/policy/2025-0003.html")
    assert b"2025-0002" not in tree["section/policy.html"] + tree["sitemap.xml"] + tree["data/policy.csv"]
    assert "policy/2025-0002" not in json.loads(tree["manifest.json"])["published"]


def test_a_record_that_came_back_is_published_and_its_tombstone_remarked_on(office):
    office.withdraw("policy/2025-0002")
    office.build()
    office.policy(2)
    report = office.build()

    assert "关于第2件事的通知" in office.tree()["policy/2025-0002.html"].decode()
    assert [p.code for p in report.problems if p.file == "tombstones.csv"] == ["tombstone.record-there"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("policy/2025-0009,2026-11-01,错误。,policy/2030-0001", "tombstone.no-such-record"),
        ("2025-0009,2026-11-01,错误。,", "tombstone.bad-record"),
        ("policy/2025-0009,2026-11,错误。,", "value.date-without-day"),
        ("policy/2025-0009,2026-11-01,甲。,\npolicy/2025-0009,2026-11-02,乙。,", "tombstone.twice"),
    ],
)
def test_a_row_with_a_fault_is_reported(office, row, code):
    office.write("tombstones.csv", f"记录,撤下日期,原因,改用\n{row}\n")

    with pytest.raises(BuildRefused) as refused:
        office.build()
    found = [problem for problem in refused.value.problems if problem.severity == "error"]
    assert [problem.file for problem in found] == ["tombstones.csv"]
    assert found[0].code == code or code.startswith("value.")


def test_the_manifest_names_each_records_version(office):
    office.build()
    before = json.loads(office.tree()["manifest.json"])
    office.policy(2, title="关于新名称的通知")
    office.build()
    after = json.loads(office.tree()["manifest.json"])
    changed = {key for key, version in after["published"].items() if version != before["published"][key]}

    assert changed == {"policy/2025-0002"}
    assert after["published"]["policy/2025-0002"] == after["files"]["policy/2025-0002.json"]


def test_one_changed_byte_in_a_built_site_is_named(office):
    office.build()
    assert verify_folder(office.output).differences == ()

    path = office.output / "policy/2025-0002.html"
    path.write_bytes(path.read_bytes().replace(b"2", b"3", 1))
    assert [(d.address, d.fault) for d in verify_folder(office.output).differences] == [
        ("policy/2025-0002.html", "changed")
    ]


NGINX = """
{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{}}
http {{
  access_log off; types {{ text/html html; application/json json; }}
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  include {site}/server/nginx-maps.conf;
  server {{ listen 127.0.0.1:{port}; root {root}; include {site}/server/nginx-server.conf; }}
}}
"""


def test_nginx_answers_with_the_stated_codes(office, tmp_path):
    nginx = program("nginx", "nginx-light", folders="/usr/sbin")
    if nginx is None:
        pytest.skip("nginx is not here and cannot be installed: apt-get install nginx-light")
    office.policy(4)
    office.build()
    office.withdraw("policy/2025-0002", replaced_by="policy/2025-0003")
    office.withdraw("policy/2025-0004")
    office.build()
    root = tmp_path / "root"
    deploy(office.output, FolderTarget(root / "xxgk"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = tmp_path / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # or its workers could not read a folder of root's
    text = NGINX.format(user=user, folder=tmp_path, site=root / "xxgk", root=root, port=port)
    conf.write_text(text, encoding="utf-8")
    server = subprocess.Popen([nginx, "-c", str(conf), "-p", str(tmp_path)], stderr=subprocess.PIPE)
    try:
        answers = {name: _ask(port, f"/xxgk/{name}") for name in ASKED}
        packed = _ask(port, "/xxgk/index.html", {"Accept-Encoding": "gzip"})
        whole = verify_site(f"http://127.0.0.1:{port}/xxgk/")
        (root / "xxgk/index.html").write_bytes(answers["index.html"][2] + b" ")
        changed = verify_site(f"http://127.0.0.1:{port}/xxgk/")
    finally:
        server.terminate()
        said = server.communicate()[1]

    assert {name: answer[0] for name, answer in answers.items()} == ASKED, said
    assert answers["policy/2025-0002.html"][1]["Location"].endswith("/xxgk/policy/2025-0003.html")
    assert "内容有误。" in answers["policy/2025-0004.html"][2].decode()
    assert answers["data/policy.csv"][1]["Access-Control-Allow-Origin"] == "*"
    assert answers["policy/2025-0001.json"][1]["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in answers["index.html"][1]
    types = {name.rpartition(".")[2]: answer[1]["Content-Type"] for name, answer in answers.items()}
    assert (types["csv"], types["ttl"], types["atom"]) == ("text/csv", "text/turtle", "application/atom+xml")
    assert gzip.decompress(packed[2]) == answers["index.html"][2]
    assert (len(whole.differences), [one.address for one in changed.differences]) == (0, ["index.html"])


ASKED = {
    "index.html": 200,
    "policy/2025-0002.html": 301,
    "policy/2025-0004.html": 410,
    "policy/nothing.html": 404,
    "data/policy.csv": 200,
    "policy/2025-0001.json": 200,
    "data/catalogue.ttl": 200,
    "feeds/site.atom": 200,
}


def _ask(port, path, headers=None):
    """Code, headers and body; asked again while the server is starting."""
    for _ in range(100):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        except ConnectionRefusedError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("the server never answered")

"""The task that searches, hands the records to other engines, and answers search pages."""

import sys
from pathlib import Path

from workbench.outcome import CannotDo, Exit
from workbench.tasks.places import COMMAND, Options
from workbench.tasks.telling import print_json


def search(options: Options) -> int:
    """Answer a query from the index of a built site."""
    from plugins.search.postings import ShardDamaged
    from plugins.search.searching import IndexMissing
    from plugins.search.whoosh_reader import QueryNotUnderstood
    from plugins.search.whoosh_reader import search as find

    if options.serve:
        return _answer_search_pages(options.serve, options.port)
    if not (options.words or options.export):
        raise CannotDo(
            f"没有写要找的词。例如：{COMMAND} search 公租房 2025",
            f"There are no words to search for. For example: {COMMAND} search 公租房 2025",
        )
    try:
        if options.export:
            return _hand_over(options)
        hits = find(options.output / "search", " ".join(options.words), options.limit)
    except (IndexMissing, ShardDamaged) as reason:
        raise CannotDo(
            f"{options.output} 里没有检索数据，或者不完整。请先生成网站：{COMMAND} build",
            f"There is no search index in {options.output}, or it is not whole. Build the site first: {COMMAND} build",
        ) from reason
    except QueryNotUnderstood as reason:
        raise CannotDo(*str(reason).split(" / ", 1)) from reason
    if options.json:
        print_json([hit.as_json() for hit in hits])
        return Exit.WELL
    for hit in hits:
        print(f"{hit.title}（{hit.kind}）\n    {options.output / hit.address}")
    print(f"列出 {len(hits)} 条 / listed: {len(hits)}")
    return Exit.WELL


def _hand_over(options: Options) -> int:
    """Hand the records of a built site to another search engine."""
    from plugins.search import opensearch, postgres
    from plugins.search.documents import documents
    from plugins.search.searching import StaticIndex

    all_ = documents(StaticIndex(options.output / "search"))
    in_a_database = options.export == "postgres"
    if not options.to or is_database(options.to) != in_a_database:
        place = "postgresql://…" if in_a_database else ".gongkai/opensearch"
        raise CannotDo(
            f"没有写交到哪里。例如：{COMMAND} search --export {options.export} --to {place}",
            f"There is no place to hand it to. For example: {COMMAND} search --export {options.export} --to {place}",
        )
    if in_a_database:
        try:
            count = postgres.load(options.to, all_)
        except postgres.NotReached as reason:
            raise CannotDo(
                "数据库连不上或者不让写入，里面的检索数据没有改动。请检查网址、用户和权限",
                "The database cannot be reached or written to; its records are as before. Check address, user and rights",
            ) from reason
        print(f"装进数据库 {count} 条 / records loaded: {count}")
        return Exit.WELL
    files = opensearch.write(Path(options.to), all_)
    print(f"写出 {len(files)} 个文件，用法见 {files[0]} / files written: {len(files)}")
    return Exit.WELL


def _answer_search_pages(database: str, port: int) -> int:
    """Answer search pages until the user ends it."""
    from plugins.search import answering, postgres

    try:
        server = answering.server(
            postgres.PostgresIndex(database).answer, port, lambda fault: print(fault, file=sys.stderr)
        )
    except OSError as reason:
        raise CannotDo(
            f"端口 {port} 已被占用。请换一个，例如 --port {port + 1}",
            f"Port {port} is taken. Name another, for example --port {port + 1}",
        ) from reason
    print(
        f"检索服务在 / answering at http://{answering.HOST}:{server.server_address[1]}/，按 Ctrl+C 结束 / to end"
    )
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return Exit.WELL
    return Exit.WELL


def is_database(place: object) -> bool:
    return isinstance(place, str) and place.startswith(("postgresql://", "postgres://"))

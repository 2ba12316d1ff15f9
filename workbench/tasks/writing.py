"""The tasks that help editors write: import, templates, forms."""

from collections.abc import Sequence
from pathlib import Path

from workbench.outcome import CannotDo, Exit
from workbench.tasks.places import COMMAND, ROOT, Options
from workbench.tasks.telling import existing, write_json

LARGEST_PAGE = 50_000_000
"""Bytes of one document that is fetched to be imported."""


def new(options: Options) -> int:
    """Write a record for an editor to fill in."""
    content = existing(options.content)
    from plugins.disclosure.templates_for_editors import write_new

    path = write_new(options.kind, content, options.today, options.id, options.issuer)
    print(f"已写好，请打开填写 / written, open it and fill it in: {path}")
    return Exit.WELL


def start(options: Options) -> int:
    """Begin an office's own content."""
    from plugins.disclosure.starting import write_start

    site, organs = write_start(options.folder, options.organ, options.category)
    print(f"已写好 / written: {site}、{organs}")
    print(
        "先填好这两个文件，再写第一条信息：\nfill these in, then write the first record:\n"
        f"  {COMMAND} check --content {options.folder}\n"
        f"  {COMMAND} new guide --content {options.folder}\n"
        f"  {COMMAND} serve --content {options.folder}"
    )
    return Exit.WELL


def import_documents(options: Options) -> int:
    """Turn documents into content files, with a review report for each."""
    from plugins.disclosure import importers
    from plugins.disclosure.importers.run import folder_and_kind

    existing(folder_and_kind(options.into)[0], "--into")
    settings = dict(options.set)
    addresses = [name for name in options.files if name.startswith(("http://", "https://"))]
    if options.list:
        return _migrate(addresses or options.files, options)
    if addresses and len(addresses) < len(options.files):
        raise CannotDo(
            "网址和文件请分两次导入",
            "Import addresses and files in two runs",
        )
    if addresses:
        from plugins.disclosure.importers.migration import import_addresses
        from workbench.fetching import bytes_at

        pages = {address: bytes_at(address, LARGEST_PAGE) for address in addresses}
        run = import_addresses(pages, options.into, settings, options.id)
    else:
        paths = [path for name in options.files for path in _meant(name)]
        if options.ask:
            _ask_columns(paths, options.into)
        run = importers.import_files(paths, options.into, settings, options.id)
    if options.json:
        write_json(options.json, importers.as_json(run))
    print(importers.as_text(run))
    return Exit.PROBLEMS if run.refused or run.not_public else Exit.WELL


def _meant(name: str) -> list[Path]:
    """The files of a name: not every command line puts names in the place of `*.txt` by itself."""
    path = Path(name)
    found = sorted(path.parent.glob(path.name)) if "*" in path.name and not path.exists() else []
    return found or [path]


def _ask_columns(paths: Sequence[Path], into: Path) -> None:
    """Ask whoever is there about the columns of tables."""
    from plugins.disclosure.importers import ask_columns

    try:
        ask_columns(paths, into, input, print)
    except EOFError:
        raise CannotDo(
            "没有回答完，一份也没有导入。答过的表记在 content/import-review 里，再运行一次，只问没有答的",
            "The answers ended early and nothing was imported. Run it again: only what is open is asked",
        ) from None


def repost(options: Options) -> int:
    """Propose records of what sites above published."""
    from plugins.disclosure import importers
    from plugins.disclosure.importers.refusal import Refusal
    from plugins.disclosure.importers.reposts import Wanted, import_reposts
    from plugins.disclosure.importers.upstream import LARGEST_BYTES, read_upstream
    from workbench.fetching import bytes_at

    content, zone = existing(options.into, "--into"), options.zone
    at = options.at.replace(tzinfo=zone) if options.at else options.now.astimezone(zone)
    sources = []
    for place in options.sources:
        try:
            sources.append((place, read_upstream(bytes_at(place, LARGEST_BYTES), place, zone)))
        except Refusal as reason:
            raise CannotDo(*(f"{place}：{told}" for told in reason.reason.split(" / ", 1))) from reason
    since = options.since.isoformat() if options.since else ""
    wanted = Wanted(at, options.origin, since, options.limit)
    done = import_reposts(sources, content, wanted, dict(options.set))
    if options.json:
        write_json(options.json, importers.as_json(done.run))
    print(importers.as_text(done.run))
    print(
        f"写出 {len(done.run.outcomes)} 条待审查，已转载过 {done.known} 条，早于起始日 {done.older} 条，超出条数 {done.left} 条"
        f" / proposed: {len(done.run.outcomes)}, known: {done.known}, older: {done.older}, left: {done.left}"
    )
    return Exit.WELL


def forms(options: Options) -> int:
    """Write what makes an editor's own programs know the content."""
    content = existing(options.content)
    from plugins.disclosure.editor_files import write_editor_files

    written, kept = write_editor_files(content, options.folder)
    if options.host:
        written += _write_form(options)
    print(f"已写好 {len(written)} 个文件 / files written: {len(written)}: {options.folder}")
    for name in kept:
        print(f"有人改过，保留不动 / changed by somebody, left as it is: {options.folder / name}")
    return Exit.WELL


def review(options: Options) -> int:
    """Write what a branch would change, for whoever approves it."""
    content = existing(options.content)
    from plugins.portal.review_pack import as_html, review_pack

    pack = review_pack(content.resolve(), options.base, options.today, options.profile)
    options.to.parent.mkdir(parents=True, exist_ok=True)
    options.to.write_text(as_html(pack), encoding="utf-8", newline="\n")
    print(
        f"信息 {len(pack.records)} 条，新问题 {len(pack.new_problems)} 处，改好 {len(pack.mended_problems)} 处，"
        f"还有错误 {pack.errors} 处"
        f" / records {len(pack.records)}, new problems {len(pack.new_problems)}, mended {len(pack.mended_problems)}, "
        f"errors left {pack.errors}"
    )
    print(f"送审材料 / review pack: {options.to}")
    return Exit.PROBLEMS if pack.errors else Exit.WELL


def _migrate(addresses: Sequence[str], options: Options) -> int:
    """Import every page of the list at an address; what was imported before is left alone."""
    from plugins.disclosure.importers.migration import migrate
    from plugins.disclosure.importers.refusal import Refusal
    from workbench.fetching import bytes_at

    if len(addresses) != 1 or not addresses[0].startswith(("http://", "https://")):
        raise CannotDo(
            "--list 请写一个列表页的网址，例如 import --list https://www.example.gov.cn/zcwj/ --into content",
            "--list wants the address of one list page: import --list https://www.example.gov.cn/zcwj/ --into content",
        )
    try:
        done = migrate(
            addresses[0],
            options.into,
            dict(options.set),
            lambda address: bytes_at(address, LARGEST_PAGE),
            options.limit,
            lambda line: print(line, flush=True),
        )
    except Refusal as reason:
        raise CannotDo(*reason.reason.split(" / ", 1)) from reason
    print(
        f"列表上有 {done.listed} 件：本次导入 {done.imported}，以前已处理 {done.known}，"
        f"不能导入 {done.refused}，没有取到 {done.unreached}"
        f" / listed {done.listed}: imported {done.imported}, known {done.known}, refused {done.refused}, "
        f"not reached {done.unreached}"
    )
    print(f"台账 / ledger: {done.ledger}")
    return Exit.PROBLEMS if done.refused or done.unreached else Exit.WELL


def _write_form(options: Options) -> list[str]:
    """The form for a code host, as files beside the spreadsheets."""
    from plugins.disclosure.editing import CodeHost, form_config
    from plugins.disclosure.editing.offered import offered_by
    from plugins.disclosure.kinds import load_kinds
    from plugins.disclosure.vocabulary import load_vocabularies
    from workbench import npm_packages
    from workbench.editing import write_form

    if not options.repository:
        raise CannotDo(
            "请用 --repository 写明内容所在的仓库，例如 --repository jichuan/xxgk",
            "Name the repository with the content, for example --repository jichuan/xxgk",
        )
    host = CodeHost(
        options.host,
        options.repository,
        options.branch or "main",
        options.content.name,
        options.app_id,
        options.host_address,
    )
    offered = offered_by(options.content, options.today)
    config = form_config(load_kinds(), load_vocabularies(), offered, host)
    files = write_form(options.folder / "editing", config, npm_packages.bring(ROOT, "decap-cms"))
    return [str(file) for file in files]

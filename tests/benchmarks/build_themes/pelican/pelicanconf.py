"""Pelican as it comes, for measuring: the same pages, lists and feeds, no plugin."""

import json
from pathlib import Path

NAMES = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))
SITENAME, SITEURL = "霁川市政府信息公开", "https://www.jichuan.example/xxgk"
PATH, ARTICLE_PATHS, PAGE_PATHS = "content", ["policy"], []
TIMEZONE, DEFAULT_LANG = "Asia/Shanghai", "zh-CN"
THEME = str(Path(__file__).parent)
THEME_STATIC_PATHS: list[str] = []
DEFAULT_PAGINATION = 20
ARTICLE_URL = ARTICLE_SAVE_AS = "policy/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "organs/{slug}.html"
TAG_URL = TAG_SAVE_AS = "topics/{slug}.html"
YEAR_ARCHIVE_URL = YEAR_ARCHIVE_SAVE_AS = "years/{date:%Y}.html"
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"index": None, "category": None, "tag": None, "period_archives": None}
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_ALL_RSS, CATEGORY_FEED_RSS, TAG_FEED_RSS = "feeds/all.rss", "feeds/{slug}.rss", "feeds/topic-{slug}.rss"
FEED_DOMAIN, FEED_MAX_ITEMS = SITEURL, 20

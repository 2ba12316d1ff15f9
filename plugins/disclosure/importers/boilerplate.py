"""What a web page puts around a document: navigation, sharing, footers, advertisements. Why a line is dropped."""

from __future__ import annotations

import re

from plugins.disclosure.importers.page_lines import begins_with_number

NAVIGATION = "导航"
SHARING = "分享与页面工具"
FOOTER = "页脚"
REPOST = "广告或转载声明"
DECORATION = "装饰符号、页码"
REPEATED = "与正文重复"
AFTER_THE_END = "正文之后的页面内容"
BEFORE_THE_TITLE = "标题之前的页面内容"
BEFORE_THE_TEXT = "标题与正文之间的页面内容"

_LONGEST = 150
"""A longer line is text of the document, whatever words are in it."""


_LONGER_THAN_A_CELL = 4
"""大, 次, 推荐 alone may be a cell of a table in the text."""


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


def _words_of(listed: str) -> frozenset[str]:
    return frozenset(listed.lower().split())


_TOOLS = _words_of(
    "分享 分享到 分享至 一键分享 微信 朋友圈 微博 新浪微博 腾讯微博 QQ QQ空间 QQ好友 人人网 豆瓣 百度贴吧 复制链接 收藏 "
    "点赞 纠错 我要纠错 字号 字体 字体大小 字体大中小 大 中 小 特大 打印 打印本页 打印此页 打印本文 朗读 语音播报 听全文 "
    "关闭 关闭窗口 关闭本页 关闭页面 下载 下载word 下载pdf word pdf 默认 背景色 保护视力色 手机看 手机版 移动版 推荐 转发 "
    "返回 返回顶部 返回首页 返回列表 返回上一页 回到顶部 页面 本页 窗口 顶部 分享文章 文章分享 评论 我要评论 责任编辑 "
    "浏览次数 阅读次数 点击数 次 人次"
)
_MENU = _words_of(
    "首页 网站首页 本站首页 主页 联系我们 关于我们 关于本站 版权声明 版权申明 网站声明 免责声明 隐私声明 隐私政策 "
    "法律声明 网站地图 站点地图 帮助 使用帮助 设为首页 加入收藏 登录 注册 个人中心 搜索 站内搜索 高级检索 简体 繁体 繁體 "
    "简体中文 繁體中文 english en 无障碍 无障碍浏览 无障碍阅读 长者模式 长者版 长者助手 关怀版 适老化 适老版 智能问答 rss "
    "更多 更多>> more 上一篇 下一篇 上一条 下一条 没有了 无 相关新闻 相关链接 相关文章 相关阅读 相关信息 相关文档 相关稿件 "
    "相关报道 相关推荐 热门推荐 推荐阅读 猜你喜欢 友情链接 政务公开 政务服务 互动交流 信息公开 新闻中心 走进 政民互动 "
    "政府信息公开 政务动态 通知公告 公示公告 公告公示 政策文件 政策解读 数据开放 热点专题 专题专栏 领导之窗 机构职能 "
    "法规公文 正文 正文内容 法定主动公开内容 政府信息公开指南 政府信息公开制度 政府信息公开年报 依申请公开"
)
_PAGE_NUMBER = re.compile(
    "[-—–－·][ \u3000]*[0-9]{1,3}[ \u3000]*[-—–－·]|第[ \u3000]*[0-9]{1,3}[ \u3000]*页.{0,12}"
)
_PLACE = _pattern(
    "^(?:您|你)?(?:现在|当前|目前)?(?:所在)?(?:的)?(?:页面)?(?:位置|所在位置)(?:是|为)?[ \u3000]*[:：]",
    "^当前(?:位置|页面|栏目)",
    "^(?:网站)?首页[ \u3000\xa0]*[>»›/|→-]",
    "^[^。，；]{0,30}[>»›→][^。，；]{0,30}[>»›→][^。，；]{0,40}$",
)
_NAVIGATION = _pattern(
    "^[上下]一[篇条则页](?:[:：]|$)",
    "^(?:今天是|现在是|欢迎(?:您|光临|访问))",
    "公元.{0,12}农历",
    "^(?:更多|查看更多|点击查看更多)",
    "^关注[ \u3000]*[·|:：]",
    "^(?:热门|推荐|最新|相关)(?:新闻|文章|阅读|信息|资讯|搜索|专题|内容)[:：]?$",
    "^请输入(?:关键字|关键词|搜索)",
    "(?:本站|网站)(?:已)?支持ipv6",
)
_SHARING = _pattern(
    "扫一扫.{0,20}(?:手机|当前页|微信|关注|分享)",
    "(?:微信|手机)扫(?:码|一扫)",
    "^(?:分享|分享到|分享至)[:：]",
    "^【?(?:字体|字号)[:：]?.{0,20}】?$",
    "关注.{0,12}(?:公众号|微信|微博)$",
)
_FOOTER = _pattern(
    "icp备?(?:案)?(?:号)?[:：]?[ \u3000]*[0-9]{5,}",
    "公网安备",
    "网站标识码",
    "版权所有",
    "网络视听许可证",
    "copyright",
    "©",
    "all rights reserved",
    "^技术支持[:：]",
    "^建议使用.{0,40}(?:浏览器|分辨率)",
    "您是第.{0,12}位",
)
_REPOST = _pattern(
    "(?:文章|本文|内容|图文|以上内容).{0,10}(?:来自|来源于?|转载自|整理自|源于).{0,6}(?:网络|互联网)",
    "如有侵权",
    "联系(?:我们|本站|管理员|客服)?(?:进行|予以)?删除",
    "版权归原(?:作者|网站)",
    "^(?:免责声明|特别声明|版权声明)[:：]",
    "转载请(?:注明|联系)",
    "(?:加|添加).{0,4}微信.{0,10}(?:咨询|领取|好友)?",
    "爱游戏|开户送|注册送|体育(?:app|官网)|娱乐(?:平台|官网)",
    "^(?:上一个|下一个|返回|推荐|相关)产品",
    "^(?:立即|马上|点击)(?:咨询|下载|购买|进入|预订)",
    "^(?:原文|来源|本文)(?:链接|地址|网址)[ \u3000]*[:：]",
)
_ONLY_AROUND = _pattern(
    "^(?:主办|承办|协办|运维|维护|制作)(?:单位)?[ \u3000]*[:：]",
    "^(?:联系|办公|单位|通信)?地址[ \u3000]*[:：]",
    "^(?:联系|办公|服务|客服|值班|网站)?(?:电话|热线|传真|邮箱)[ \u3000]*[:：]",
    "^邮(?:政)?编(?:码)?[ \u3000]*[:：]",
    "^(?:责任)?编辑[ \u3000]*[:：]",
    "^(?:qq|微信)(?:群|号)?[ \u3000]*[:：]",
    "^(?:相关|关联|配套|政策)(?:解读|政策|文件|文档|稿件|图解|问答)(?:[:：]|$)",
)


def why_dropped(text: str) -> str | None:
    """Why this line is no part of a document wherever it stands; None if it may be."""
    if not re.search("\\w", text) or _PAGE_NUMBER.fullmatch(text):
        return DECORATION
    if len(text) > _LONGEST or begins_with_number(text):
        return None
    for reason, pattern in (
        (NAVIGATION, _PLACE),
        (NAVIGATION, _NAVIGATION),
        (SHARING, _SHARING),
        (FOOTER, _FOOTER),
        (REPOST, _REPOST),
    ):
        if pattern.search(text):
            return reason
    words = _words(text)
    return SHARING if _all_in(words, _TOOLS) and len("".join(words)) >= _LONGER_THAN_A_CELL else None


def why_dropped_around(text: str) -> str | None:
    """As `why_dropped`, for lines above the text or below its end, where a menu or an address is the page's."""
    reason = why_dropped(text)
    if reason or len(text) > _LONGEST:
        return reason
    if _ONLY_AROUND.search(text):
        return FOOTER
    words = _words(text)
    if _all_in(words, _TOOLS):
        return SHARING
    return NAVIGATION if _all_in(words, _MENU | _TOOLS) else None


def begins_the_rest_of_the_page(text: str) -> bool:
    """Whether nothing of the document is to be expected below this line (相关新闻, 扫一扫, 【打印】)."""
    if len(text) > _LONGEST or begins_with_number(text):
        return False
    patterns = (_NAVIGATION, _SHARING, _FOOTER, _REPOST, _ONLY_AROUND)
    return any(pattern.search(text) for pattern in patterns) or _all_in(_words(text), _MENU | _TOOLS)


def _words(text: str) -> list[str]:
    return [word.lower() for word in re.split("[\\s|｜•·/【】\\[\\]（）():：>»›,，、_-]+", text) if word]


def _all_in(words: list[str], known: frozenset[str]) -> bool:
    return all(word in known or word.isdigit() for word in words) and any(word in known for word in words)

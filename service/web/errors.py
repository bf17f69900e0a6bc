"""Errors as pages: what happened, and the next step, in Chinese."""

from __future__ import annotations

from flask import Response, make_response, render_template

from service.errors import ErrorShape

_TITLES = {
    400: "请求无法处理",
    401: "请先登录",
    403: "不能这样操作",
    404: "没有找到",
    405: "不支持这种操作",
    413: "提交的内容过大",
    503: "服务暂不可用",
    507: "磁盘空间不足",
}


def error_page(shape: ErrorShape) -> Response:
    """The page for an error, with its status."""
    title = _TITLES.get(shape.status, "服务出错" if shape.status >= 500 else "请求无法处理")
    body = render_template("errors/error.html", title=title, message=shape.message, status=shape.status)
    return make_response(body, shape.status)

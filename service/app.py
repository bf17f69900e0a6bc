"""Assemble the web application: settings in, a WSGI app with the portal and the API out.

`wsgi.py` and the tests call `create_app`. One data folder is opened per request, when first asked for, and
closed at its end; the published items of the day are kept in memory between requests.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, current_app, g, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse

from policy_corpus.additions import hold, release
from service.api.context import SECURITY_SCHEMES
from service.api.enterprises import enterprises
from service.api.errors import ERROR_SCHEMA, error_answer
from service.api.facts import facts
from service.api.policies import policies
from service.api.system import system
from service.errors import OUR_ERRORS, ErrorShape, NotSignedIn, error_shape
from service.settings import Settings
from service.store.data_folder import DataFolder
from service.store.desk import Desk
from service.web.access import WITHOUT_FRESH_PASSWORD, check_access
from service.web.admin import admin_blueprint
from service.web.bodies import DEFAULT_BYTES, allow_larger_body
from service.web.company import add_company_nav, company_blueprint
from service.web.errors import error_page
from service.web.forgery import check_not_forged, csrf_field, csrf_token, keep_form_cookie
from service.web.headers import add_security_headers
from service.web.identity import identity, sees_everything
from service.web.office import office_blueprint
from service.web.portal import add_words, portal_blueprint
from service.web.signin import signin_blueprint
from service.workflows.sign_in import must_change_password

_ROOT = Path(__file__).resolve().parents[1]
# 北京时间; a fixed offset, for a bare system has no time zone tables and China keeps no summer time.
_BEIJING = timezone(timedelta(hours=8))
_HTTP_MESSAGES = {
    400: ("invalid_request", "请求的参数有误，请核对后重试"),
    401: ("not_signed_in", "请先登录"),
    403: ("not_allowed", "您的账户没有此权限。如需使用，请联系管理员"),
    404: ("not_found", "没有这个页面。地址可能有误，请从首页重新进入"),
    405: ("method_not_allowed", "该地址不支持这种操作"),
    413: ("too_large", "提交的内容过大，请分几次提交"),
}


def create_app(
    settings: Settings,
    *,
    today: Callable[[], date] | None = None,
    now: Callable[[], datetime] | None = None,
) -> APIFlask:
    """The application for one data folder. today, now: day and time of every request, else those of Beijing."""
    app = APIFlask(
        "huiqi",
        title="惠企 API",
        version="1",
        docs_path=None,
        spec_path="/api/openapi.json",
        json_errors=False,
        root_path=str(_ROOT / "service"),
        template_folder=str(_ROOT / "templates"),
        static_folder=str(_ROOT / "service" / "static"),
    )
    _configure(app)
    app.config["HUIQI_DATA"] = settings.data
    app.extensions["huiqi"] = Desk(
        lambda: _folder_of_request(settings.data),
        today or _today_in_beijing,
        now or _now_in_beijing,
        settings.password_days,
        sees_everything,
    )
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.before_request(_check_request)
    app.after_request(keep_form_cookie)
    app.after_request(add_security_headers)
    app.teardown_appcontext(_close_folder)
    _answer_errors(app)
    add_words(app)
    add_company_nav(app)
    app.jinja_env.globals.update(csrf_field=csrf_field, csrf_token=csrf_token)
    for blueprint in (
        portal_blueprint(),
        company_blueprint(),
        signin_blueprint(),
        office_blueprint(),
        admin_blueprint(),
        enterprises,
        facts,
        policies,
        system,
    ):
        app.register_blueprint(blueprint)
    return app


def warm_up(app: APIFlask) -> None:
    """Read the policies of today into memory; what stands in the way is told again by the first request."""
    with app.app_context():
        try:
            app.extensions["huiqi"].shelf()
        except (*OUR_ERRORS, sqlite3.Error, OSError) as error:
            app.logger.warning("not warmed up: %s", error)


def _configure(app: APIFlask) -> None:
    app.security_schemes = SECURITY_SCHEMES
    app.config.update(
        MAX_CONTENT_LENGTH=DEFAULT_BYTES,
        VALIDATION_ERROR_STATUS_CODE=400,
        VALIDATION_ERROR_DESCRIPTION="参数有误",
        VALIDATION_ERROR_SCHEMA=ERROR_SCHEMA,
        HTTP_ERROR_SCHEMA=ERROR_SCHEMA,
        AUTO_404_RESPONSE=False,
        OPENAPI_VERSION="3.1.0",
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of Flask's default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the order of the contract


def _check_request() -> AnyResponse | None:
    """Who asks, whether they may, and whether a page of ours sent it; before anything else is done."""
    if request.endpoint == "static":
        return None
    who = identity()
    check_access(request, who.account)
    allow_larger_body(request)
    check_not_forged(request, who)
    desk: Desk = current_app.extensions["huiqi"]
    if (
        who.account
        and not who.by_token
        and request.endpoint not in WITHOUT_FRESH_PASSWORD
        and must_change_password(who.account, desk.now(), desk.password_days)
    ):
        return redirect(url_for("signin.account"))
    return None


def _now_in_beijing() -> datetime:
    return datetime.now(_BEIJING)


def _today_in_beijing() -> date:
    return _now_in_beijing().date()


def _folder_of_request(path: Path) -> DataFolder:
    if "huiqi_folder" not in g:
        folder = DataFolder.open(path, leave_checkpoints=True)
        try:
            hold(folder.dictionaries.additions)  # no table changes under a request
        except BaseException:
            folder.db.conn.close()
            raise
        g.huiqi_folder = folder
    found: DataFolder = g.huiqi_folder
    return found


def _close_folder(_: BaseException | None) -> None:
    folder: DataFolder | None = g.pop("huiqi_folder", None)
    if folder is not None:
        folder.db.conn.close()
        release()


def _answer_errors(app: APIFlask) -> None:
    @app.errorhandler(Exception)
    def of_ours_or_unforeseen(error: Exception) -> AnyResponse:
        shape = error_shape(error)
        if isinstance(error, NotSignedIn) and request.method == "GET" and not _wants_json():
            return redirect(url_for("signin.sign_in", next=request.full_path.rstrip("?")))
        if shape.status == 500:
            app.logger.error("unforeseen error at %s", request.endpoint, exc_info=error)
        return _answer(shape)

    @app.errorhandler(HTTPException)
    def of_http(error: HTTPException) -> Response:
        return _answer(_shape_of_status(error.code or 500))

    @app.errorhandler(HTTPError)
    def of_api(error: HTTPError) -> Response:
        details = error.detail if isinstance(error.detail, dict) else {}
        return _answer(_shape_of_status(error.status_code), details)


def _shape_of_status(status: int) -> ErrorShape:
    code, message = _HTTP_MESSAGES.get(status, ("invalid_request", "请求无法处理，请返回后重试"))
    if status >= 500:
        return error_shape(RuntimeError())
    return ErrorShape(code, status, message)


def _answer(shape: ErrorShape, details: dict[str, object] | None = None) -> Response:
    answer = error_answer(shape, details) if _wants_json() else error_page(shape)
    if shape.status == 503:
        answer.headers["Retry-After"] = "10"
    return answer


def _wants_json() -> bool:
    if request.path.startswith(("/api/", "/healthz")) or request.path.endswith(".json"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and "text/html" not in request.accept_mimetypes.values()

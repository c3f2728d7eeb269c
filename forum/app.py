"""The application factory: knows every blueprint and installs the kernel's parts."""

from __future__ import annotations

import importlib
import logging
from datetime import timedelta

from flask import Flask
from flask_login import LoginManager
from sqlalchemy.engine import make_url
from werkzeug.middleware.proxy_fix import ProxyFix

from forum import wiring
from forum.accounts import sessions
from forum.config import ROOT, Settings
from forum.kernel import (
    events,
    files,
    guard,
    i18n,
    jinja,
    limits,
    logs,
    metrics,
    outages,
    outbound,
    personal,
    refusals,
    tracing,
)
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db, engine_options, prepare_engine
from forum.media import readers, storage
from forum.moderation import plugs
from forum.organisations.actors import find_actor
from forum.pages import shared
from forum.search import index as search

DIST = ROOT / "static" / "dist"
VIEWS = (
    "accounts.views",
    "admin.views",
    "appeals.views",
    "bookmarks.views",
    "comments.views",
    "curating.views",
    "drafts.views",
    "feeds.views",
    "following.views",
    "media.views",
    "membership.views",
    "moderation.views",
    "notices.views",
    "notifications.views",
    "organisations.views",
    "pages.health",
    "pages.suggesting",
    "pages.views",
    "posts.views",
    "privacy.views",
    "reading.views",
    "recommendations.views",
    "reports.views",
    "rules.views",
    "search.views",
    "topics.views",
    "transparency.views",
    "trust.views",
)


def create_app(settings: Settings | None = None) -> Flask:
    """An application for `settings`, by default those of the environment. Raises ConfigurationError."""
    logs.configure()
    settings = settings or Settings.from_env()
    app = Flask("forum", root_path=str(ROOT / "forum"), template_folder=str(ROOT / "templates"), static_folder=None)
    app.extensions["settings"] = settings
    _configure(app, settings)
    tracing.install(app)
    metrics.install(app, settings.data_dir / metrics.FOLDER, token=settings.metrics)
    _install_database(app)
    _install_accounts(app)
    i18n.install(app, settings.languages)
    limits.install(app, redis_url=settings.redis_url, enabled=settings.rate_limits)
    guard.install(app, https=settings.is_https)
    refusals.install(app)
    jinja.install(app, dist=DIST, site_name=settings.site_name, base_url=settings.base_url)
    storage.install(app, settings.media_url, settings.data_dir)
    readers.connect(wiring.READERS, wiring.MENTIONS)
    outbound.install(app, outbound.Fetcher(f"Kade (+{settings.base_url})"))
    app.extensions[search.EXTENSION] = search.make(settings.search, settings.data_dir)
    events.connect(wiring.TOGETHER, wiring.LATER)
    plugs.connect(wiring.LANES)
    personal.connect(wiring.PERSONAL)
    _install_features(app)
    shared.install(app, hosts=tuple(app.config["TRUSTED_HOSTS"]))
    files.install(app, dist=DIST, https=settings.is_https)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]  # Flask's way
    return app


def _configure(app: Flask, settings: Settings) -> None:
    prefix = "__Host-" if settings.is_https else ""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=f"{prefix}kade",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=sessions.LONG + timedelta(days=1),
        MAX_CONTENT_LENGTH=refusals.HARD_LIMIT,
        MAX_FORM_MEMORY_SIZE=refusals.HARD_LIMIT,
        TRUSTED_HOSTS=[make_host(settings), "localhost", "127.0.0.1", "[::1]"],
        TEMPLATES_AUTO_RELOAD=False,
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)


def make_host(settings: Settings) -> str:
    """The base address's name without its port."""
    return settings.host.rsplit(":", 1)[0] if not settings.host.endswith("]") else settings.host


def _install_database(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    app.config["SQLALCHEMY_DATABASE_URI"] = make_url(settings.database_url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def _install_accounts(app: Flask) -> None:
    login = LoginManager()
    login.session_protection = None  # sessions are rows here: ended on the server, not by a changed browser
    login.anonymous_user = lambda: ANONYMOUS
    login.user_loader(_load_actor)
    login.init_app(app)
    app.extensions["read_actor"] = _load_actor


def _load_actor(token: str) -> Actor | None:
    """Nobody is known while the database is away."""
    return find_actor(token) if token and not outages.is_noted() else None


def _install_features(app: Flask) -> None:
    """Register every blueprint. Imported here, so that the command line stays quick."""
    for name in VIEWS:
        app.register_blueprint(importlib.import_module(f"forum.{name}").blueprint)

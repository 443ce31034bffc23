"""The server: addresses of pages and files, and the pairs of stores by which a page asks and is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from itilsim.app.bench_page import bench_page
from itilsim.app.desk import Desk
from itilsim.app.guard import guard
from itilsim.app.questions import REFUSALS, Questions
from itilsim.app.runs_list import run_page
from itilsim.app.shell import LANGUAGE, Page, assets, chosen_language, whole
from itilsim.app.start_page import start_page
from itilsim.app.state import Refused
from itilsim.figures.wording import Catalogue
from itilsim.live.jobs import Jobs
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.report import POLICY

Answer = Callable[[Any], dict[str, Any]]
YEAR = 365 * 24 * 3600
SEALED = f"{POLICY}; sandbox allow-scripts allow-downloads allow-popups"
"""What a browser is allowed on the report of a stored result: as little as on the file, and nothing of the app."""


def server(desk: Desk, jobs: Jobs, results: Path, port: int) -> Any:
    """Gives the Dash app for a desk; it is made for one port, whose pages alone may ask."""
    pages = Pages(desk, results)
    dash = _dash(pages, Questions(desk, jobs, results).named())
    _serve_files(dash.server)
    _serve_reports(dash.server, results)
    guard(dash.server, port, dash.csp_hashes())
    return dash


class Pages:
    """The pages by their addresses."""

    def __init__(self, desk: Desk, results: Path) -> None:
        """Takes the desk on which cases lie open, and the folder of stored results."""
        self.desk, self.results = desk, results

    def at(self, address: str, catalogue: Catalogue) -> Page:
        """Gives the page at an address; what there is no page for leads to the first one."""
        place, _, name = address.strip("/").partition("/")
        if place == "case":
            try:
                return bench_page(self.desk.open(name), catalogue)
            except Refused:
                pass
        return start_page(self.desk.shelf, self.results, catalogue)


def _dash(pages: Pages, questions: Mapping[str, Answer]) -> Any:
    """Makes the Dash app: the entry of every page, its files, and a pair of stores for each question."""
    from dash import ClientsideFunction, Dash, Input, Output, dcc, html
    from flask import after_this_request, request

    class Workbench(Dash):
        """Gives a page of the app where Dash would give an empty one."""

        def interpolate_index(self, **given: Any) -> str:  # type: ignore[override]
            catalogue = open_catalogue(_language(request), "")
            if "language" in request.args:
                after_this_request(partial(_remember, code=catalogue.code))
            entry = "".join(given[name] for name in ("app_entry", "config", "scripts", "renderer"))
            return whole(pages.at(request.path, catalogue), catalogue, request.path, entry)

    app = Workbench(__name__, assets_folder="", update_title="", serve_locally=True, include_assets_files=False)
    stores = [dcc.Store(id=f"{name}-{side}") for name in questions for side in ("asked", "told")]
    app.layout = html.Div([*stores, dcc.Store(id="started")])

    for name, question in questions.items():
        app.callback(Output(f"{name}-told", "data"), Input(f"{name}-asked", "data"), prevent_initial_call=True)(question)
        heard = ClientsideFunction(namespace="itilsim", function_name=name)
        app.clientside_callback(heard, Input(f"{name}-told", "data"), prevent_initial_call=True)  # type: ignore[no-untyped-call]
    app.clientside_callback(ClientsideFunction(namespace="itilsim", function_name="start"), Input("started", "data"))  # type: ignore[no-untyped-call]

    return app


def _serve_files(server: Any) -> None:
    from flask import Response, abort, make_response

    @server.route("/assets/<name>")  # type: ignore[untyped-decorator]
    def file(name: str) -> Response:
        found = assets().get(name)
        if found is None:
            abort(404)
        response = make_response(found.text)
        response.mimetype = found.kind
        return response


def _serve_reports(server: Any, results: Path) -> None:
    """Serves the report of a stored result, shut off from the app: it may be of somebody else's making."""
    from flask import Response, abort, make_response, request

    @server.route("/run/<name>")  # type: ignore[untyped-decorator]
    def report(name: str) -> Response:
        try:
            response = make_response(run_page(results, name, _language(request)))
        except REFUSALS:
            abort(404)
        response.headers["Content-Security-Policy"] = SEALED
        return response


def _remember(response: Any, *, code: str) -> Any:
    """Lets a browser remember the language that was chosen."""
    response.set_cookie(LANGUAGE, code, samesite="Strict", httponly=True, max_age=YEAR)
    return response


def _language(request: Any) -> str:
    accepted = [each for each, _ in request.accept_languages]
    return chosen_language(request.args.get("language"), request.cookies.get(LANGUAGE), accepted)

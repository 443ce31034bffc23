"""The server: addresses of pages and files, and the pairs of stores by which a page asks and is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from itilsim.app.answering import Answers
from itilsim.app.bench_page import bench_page
from itilsim.app.desk import Desk
from itilsim.app.guard import guard
from itilsim.app.shell import LANGUAGE, Page, assets, chosen_language, whole
from itilsim.app.start_page import start_page
from itilsim.app.state import Refused
from itilsim.figures.wording import Catalogue
from itilsim.pages.catalogue import open_catalogue

Questions = Mapping[str, Callable[[Any], Any]]
"""What a page may ask, by name: each takes what the page sent and gives what it is told, None for nothing new."""


def server(desk: Desk, port: int) -> Any:
    """Gives the Dash app for a desk; it is made for one port, whose pages alone may ask."""
    answers = Answers(desk)
    pages = Pages(desk)
    dash = _dash(pages, {"look": answers.look})
    guard(dash.server, port, dash.csp_hashes())
    return dash


class Pages:
    """The pages by their addresses."""

    def __init__(self, desk: Desk) -> None:
        """Takes the desk on which cases lie open."""
        self.desk = desk

    def at(self, address: str, catalogue: Catalogue) -> Page:
        """Gives the page at an address; what there is no page for leads to the first one."""
        place, _, name = address.strip("/").partition("/")
        if place == "case":
            try:
                return bench_page(self.desk.open(name), catalogue)
            except Refused:
                pass
        return start_page(self.desk.shelf, "", catalogue)


def _dash(pages: Pages, questions: Questions) -> Any:
    """Makes the Dash app: the entry of every page, its files, and a pair of stores for each question."""
    from dash import ClientsideFunction, Dash, Input, Output, dcc, html
    from dash.exceptions import PreventUpdate
    from flask import Response, abort, make_response, request

    class Workbench(Dash):
        """Gives a page of the app where Dash would give an empty one."""

        def interpolate_index(self, **given: Any) -> str:  # type: ignore[override]
            accepted = [each for each, _ in request.accept_languages]
            code = chosen_language(request.args.get("language"), request.cookies.get(LANGUAGE), accepted)
            catalogue = open_catalogue(code, "")
            entry = "".join(given[name] for name in ("app_entry", "config", "scripts", "renderer"))
            return whole(pages.at(request.path, catalogue), catalogue, request.path, entry)

    app = Workbench(__name__, assets_folder="", update_title="", serve_locally=True, include_assets_files=False)
    stores = [dcc.Store(id=f"{name}-{side}") for name in questions for side in ("asked", "told")]
    app.layout = html.Div([*stores, dcc.Store(id="started")])

    def answered(question: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def tell(data: Any) -> Any:
            told = question(data) if data else None
            if told is None:
                raise PreventUpdate
            return told

        return tell

    for name, question in questions.items():
        app.callback(Output(f"{name}-told", "data"), Input(f"{name}-asked", "data"), prevent_initial_call=True)(answered(question))
        heard = ClientsideFunction(namespace="itilsim", function_name=name)
        app.clientside_callback(heard, Input(f"{name}-told", "data"), prevent_initial_call=True)  # type: ignore[no-untyped-call]
    app.clientside_callback(ClientsideFunction(namespace="itilsim", function_name="start"), Input("started", "data"))  # type: ignore[no-untyped-call]

    @app.server.route("/assets/<name>")  # type: ignore[untyped-decorator]
    def file(name: str) -> Response:
        found = assets().get(name)
        if found is None:
            abort(404)
        response = make_response(found.text)
        response.mimetype = found.kind
        return response

    return app

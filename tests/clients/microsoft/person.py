"""A person in front of the sign-in pages, and the control API of the simulators."""

import json
import sys
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests
from bs4 import BeautifulSoup

WORLD: dict = {}


def world() -> dict:
    """What the check says on standard input; read once."""
    if not WORLD:
        WORLD.update(json.load(sys.stdin))
    return WORLD


def control(path: str, body: object = None, method: str = "POST") -> object:
    answer = requests.request(method, world()["control"] + path, json=body, timeout=30)
    answer.raise_for_status()
    return answer.json() if answer.content else None


def look(path: str) -> object:
    return control(path, method="GET")


def sign_in(url: str, user: str) -> dict[str, str]:
    """Opens the page, chooses the user, accepts; what the application is told."""
    browser = requests.Session()
    answer = browser.get(url, allow_redirects=False, timeout=30)
    for form, pressed in (("pick", ("user", user)), ("consent", ("decision", "accept"))):
        if answer.is_redirect:
            break
        page = BeautifulSoup(answer.text, "html.parser").find("form", id=form)
        if page is None:
            raise RuntimeError(f"there is no form {form}: {answer.text}")
        fields = [(one["name"], one["value"]) for one in page.find_all("input", type="hidden")]
        action = urljoin(answer.url, page["action"])
        answer = browser.post(action, data=[*fields, pressed], allow_redirects=False, timeout=30)
    place = answer.headers["location"]
    if not place.startswith(world()["redirect"]):
        raise RuntimeError(f"sent to {place}")
    return dict(parse_qsl(urlsplit(place).query))

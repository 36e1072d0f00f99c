"""Requests with a token of ours, read by PyPI `atlassian-jwt`.

usage: signed_urls.py SECRET, with one JSON object a line on standard input: {"path": …, "authorization": …}
"""

import json
import sys

from atlassian_jwt import Authenticator, DecodeError


class One(Authenticator):
    """An authenticator that knows one secret."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self.secret = secret

    def get_shared_secret(self, client_key: str) -> str:
        return self.secret


def takes(door: One, path: str, authorization: str) -> bool:
    try:
        door.authenticate("GET", path, {"Authorization": authorization})
    except DecodeError:
        return False
    return True


def main() -> None:
    right, wrong = One(sys.argv[1]), One(sys.argv[1] + "x")
    requests = [json.loads(line) for line in sys.stdin]
    taken = [takes(right, one["path"], one["authorization"]) for one in requests]
    stolen = [takes(wrong, one["path"], one["authorization"]) for one in requests]
    moved = [takes(right, one["path"] + "/x", one["authorization"]) for one in requests]
    print(json.dumps({"taken": sum(taken), "refused": stolen.count(False) + moved.count(False)}))


if __name__ == "__main__":
    main()

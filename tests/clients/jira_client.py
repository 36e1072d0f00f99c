"""The client of PyPI `jira`, signing with `requests-jwt`: what it can do on a site, as one line of JSON.

usage: jira_client.py SITE APP_KEY PROJECT, with the app's secret on standard input
"""

import json
import sys

from jira import JIRA, JIRAError


def document(text: str) -> dict:
    """A text as the document that version 3 of the API takes."""
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    return {"type": "doc", "version": 1, "content": [paragraph]}


def client(site: str, app_key: str, secret: str) -> JIRA:
    options = {"server": site, "rest_api_version": "3"}
    return JIRA(options=options, jwt={"secret": secret, "payload": {"iss": app_key}}, max_retries=0)


def main() -> None:
    site, app_key, project = sys.argv[1:]
    secret = sys.stdin.read()
    jira = client(site, app_key, secret)
    fields = {
        "project": {"key": project},
        "issuetype": {"name": "Task"},
        "summary": "Umlauts äöü & signs (1+1=2) *",
        "description": document("by PyPI jira"),
    }
    issue = jira.create_issue(fields=fields)
    comment = jira.add_comment(issue, document("first comment"))
    query = f'project = {project} AND summary ~ "Umlauts" ORDER BY created DESC'
    found = jira.enhanced_search_issues(query, maxResults=5, fields="summary,comment")
    print(
        json.dumps(
            {
                "issue": issue.key,
                "comment": comment.id,
                "summary": jira.issue(issue.key).fields.summary,
                "comments": [one.id for one in jira.comments(issue)],
                "found": [one.key for one in found],
                "projects": [one.key for one in jira.projects()],
                "refused": refused(site, app_key, secret),
            }
        )
    )


def refused(site: str, app_key: str, secret: str) -> list[int | None]:
    """The statuses with which a wrong secret and a wrong issuer are answered; nothing where one was let in."""
    statuses: list[int | None] = []
    for key, other in ((app_key, secret + "x"), ("com.example.another", secret)):
        try:
            client(site, key, other).myself()
            statuses.append(None)
        except JIRAError as error:
            statuses.append(error.status_code)
    return statuses


if __name__ == "__main__":
    main()

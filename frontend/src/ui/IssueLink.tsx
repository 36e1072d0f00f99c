import { LinkOut } from './LinkOut';

interface IssueLinkProps {
  /** The Jira site's address, when it is known already. */
  site: string | undefined;
  issueKey: string | null;
}

export function IssueLink({ site, issueKey }: IssueLinkProps) {
  if (!issueKey) return <>–</>;
  if (!site) return <>{issueKey}</>;
  return (
    <LinkOut href={`${site.replace(/\/$/, '')}/browse/${encodeURIComponent(issueKey)}`}>
      {issueKey}
    </LinkOut>
  );
}

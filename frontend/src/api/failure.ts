import type { components } from './schema';

type ErrorBody = components['schemas']['ErrorBody'];

/** A call that did not work, in the words that the panel shows. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly code: string,
    message: string,
    /** What the person can do, when there is something. */
    readonly action: string | null,
    /** What support asks for. */
    readonly reference: string | null,
    /** The field that is wrong, when the input was. */
    readonly field: string | null = null,
  ) {
    super(message);
  }
}

/** The failure that an answer of the API tells, or a general one when it tells none. */
export function failureFrom(body: unknown, status: number): Failure {
  if (isErrorBody(body)) {
    const { code, message, action, reference, field } = body.error;
    return new Failure(code, message, action ?? null, reference, field ?? null);
  }
  return new Failure(`http_${status}`, '', null, null);
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}

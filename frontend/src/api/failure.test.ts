import { expect, it } from 'vitest';
import { failureFrom } from './failure';

it('keeps the words of the API', () => {
  const error = {
    code: 'invalid',
    message: 'No such project.',
    action: 'Choose another.',
    reference: 'r-1',
    field: 'project_id',
  };
  expect(failureFrom({ error }, 422)).toMatchObject({ ...error, message: 'No such project.' });
});

it.each([undefined, null, 'Bad Gateway', {}, { error: 'x' }])('has words for %j', (body) => {
  expect(failureFrom(body, 502)).toMatchObject({ code: 'http_502', reference: null });
});

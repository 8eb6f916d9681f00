import { expect, test } from 'vitest';
import { emptyTimeline } from '#shared/project/project.test-fixtures';
import { promptsBefore, withPrompt } from './prompt-history';
import { examplesOf } from './prompt-examples';

test('the newest prompt comes last, each once, those of the project among them', () => {
  const project = emptyTimeline();
  const own = [...project.shots.values()][0]!.direction.prompts[0]!.prompt;
  expect(promptsBefore(project, ['a fox', 'a boat', 'a fox'])).toEqual(
    [own, 'a boat', 'a fox'].filter((each, at, all) => all.lastIndexOf(each) === at),
  );
  expect(withPrompt(['a fox', 'a boat'], 'a fox')).toEqual(['a boat', 'a fox']);
  expect(
    withPrompt(
      Array.from({ length: 80 }, (_, index) => `prompt ${index}`),
      'new',
    ),
  ).toHaveLength(50);
});

const prompting = { examples: ['a boat', 'a fox', 'a moon'], words: ['a', 'red', 'Boat'] };

test('examples take turns', () => {
  expect(examplesOf({ prompting }, 2)).toEqual(['a boat', 'a fox']);
  expect(examplesOf({ prompting }, 2, 1)).toEqual(['a moon', 'a boat']);
  expect(examplesOf({}, 2)).toEqual([]);
});

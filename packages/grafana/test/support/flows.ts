import type { FlowDeclaration } from '../../../core/src';

/** A flow that asks one question after the other. */
export interface Questionnaire {
  readonly id: string;
  readonly questions: readonly string[];
  /** How many questions a conversation has; it begins anywhere if that is not all of them. */
  readonly length: number;
}

/** The flow of the bots of the tests. */
export const ORDER: Questionnaire = {
  id: 'order',
  questions: ['size', 'street', 'payment'],
  length: 3,
};

/** The flow that begins with a template, and the one question that it asks. */
export const REMINDER = { id: 'reminder', question: 'confirm' } as const;

/** A flow of so many nodes, of which each conversation sees five. */
export function createLargeFlow(nodes: number): Questionnaire {
  const questions = Array.from({ length: nodes }, (_, index) => `question_${index + 1}`);
  return { id: 'catalogue', questions, length: 5 };
}

/** The flow as a bot's code declares it: one node of it is never reached. */
export function toDeclaration({ id, questions }: Questionnaire): FlowDeclaration {
  const chain = [...questions, 'thanks'];
  return {
    id,
    nodes: [
      ...questions.map((question) => ({ id: question, kind: 'question' }) as const),
      { id: 'thanks', kind: 'message' },
      { id: 'voucher', kind: 'question' },
    ],
    edges: chain.slice(1).map((to, index) => ({ from: chain[index] ?? '', to })),
  };
}

/** The same for the flow that begins with a template. */
export const REMINDER_DECLARATION: FlowDeclaration = {
  id: REMINDER.id,
  nodes: [{ id: REMINDER.question, kind: 'question' }],
  edges: [],
};

import type { Timestamp } from '@turnspan/core';
import type { Business } from './management-business';
import type { GraphNode } from './management-fields';
import type { ManagementCall, ManagementEndpoint } from './management-types';

/** What a request looks like to the management API. */
export interface ManagementRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
}

/** What a path leads to. */
export type Target = {
  /** The id in the path. */
  readonly id: string;
  readonly accountId: string | undefined;
} & (
  | { readonly kind: 'node'; readonly node: GraphNode }
  | {
      readonly kind: 'edge';
      readonly type: 'phone' | 'template';
      readonly nodes: readonly GraphNode[];
    }
  | { readonly kind: 'subscribed_apps' | 'debug_token' | 'compare' | 'missing' | 'other' }
);

/** Follows a path, with or without a version at its beginning. */
export function toTarget({ pathname }: URL, business: Business): Target {
  const [id = '', edge] = pathname.split('/').filter((part) => part && !/^v\d+\.\d+$/.test(part));
  if (id === 'debug_token') return { kind: 'debug_token', id, accountId: undefined };
  return edge === undefined ? toNode(id, business) : toEdge(id, edge, business);
}

function toNode(id: string, business: Business): Target {
  const account = business.account(id)?.account;
  if (account)
    return { kind: 'node', id, accountId: id, node: { kind: 'account', value: account } };
  const phone = business.phone(id);
  if (phone) return { ...target('node', id, phone.accountId), node: { kind: 'phone', ...phone } };
  const template = business.template(id);
  if (!template) return target('missing', id);
  return { ...target('node', id, template.accountId), node: { kind: 'template', ...template } };
}

function toEdge(id: string, edge: string, business: Business): Target {
  if (edge === 'compare') {
    const template = business.template(id);
    return template ? target('compare', id, template.accountId) : target('missing', id);
  }
  if (!['phone_numbers', 'message_templates', 'subscribed_apps'].includes(edge)) {
    return target('other', id);
  }
  const state = business.account(id);
  if (!state) return target('missing', id);
  if (edge === 'subscribed_apps') return target(edge, id, id);
  const nodes =
    edge === 'phone_numbers'
      ? state.phones.map((value) => ({ kind: 'phone' as const, value, accountId: id }))
      : state.templates.map((value) => ({ kind: 'template' as const, value, accountId: id }));
  const type = edge === 'phone_numbers' ? 'phone' : 'template';
  return { ...target('edge', id, id), type, nodes };
}

function target<Kind extends Target['kind']>(
  kind: Kind,
  id: string,
  accountId?: string,
): { readonly kind: Kind; readonly id: string; readonly accountId: string | undefined } {
  return { kind, id, accountId };
}

/** The request as it is recorded. */
export function toCall(
  { method, url }: ManagementRequest,
  target: Target,
  at: Timestamp,
): ManagementCall {
  const { searchParams } = url;
  return {
    method,
    endpoint: toEndpoint(target),
    id: target.id,
    fields: searchParams.get('fields')?.split(',') ?? [],
    after: searchParams.get('after') ?? undefined,
    at,
    tokenInUrl: searchParams.has('access_token'),
  };
}

function toEndpoint(target: Target): ManagementEndpoint {
  switch (target.kind) {
    case 'node':
      return target.node.kind;
    case 'edge':
      return target.type === 'phone' ? 'phone_numbers' : 'message_templates';
    case 'subscribed_apps':
    case 'debug_token':
    case 'compare':
      return target.kind;
    case 'missing':
    case 'other':
      return 'other';
  }
}

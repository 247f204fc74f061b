/** Reports for whoever runs the business; by an API token with the scope. */
import type { Core } from '@strapi/strapi';
import { refuseFields } from '../../../../../shared/http';
import { runtime } from '../../../../../shared/runtime';
import type { Sql } from '../../../../../shared/sql';
import { operatorOf, type Context } from '../http/context';
import { parseSpan } from '../subscriptions/requests';
import { reportExperts, reportReferrals, type Span } from './reports';

export const reports = ({ strapi }: { strapi: Core.Strapi }) => {
  const answer = (report: (sql: Sql, span: Span) => Promise<unknown[]>) => async (ctx: Context) => {
    if (operatorOf(ctx) === null) return;
    const span = parseSpan(ctx.query);
    if (!span.ok) return refuseFields(ctx, span.faults);
    ctx.status = 200;
    ctx.body = { data: await report(runtime(strapi).database, span.value) };
  };
  return {
    /** `GET /reports/referrals` */
    referrals: answer(reportReferrals),
    /** `GET /reports/experts` */
    experts: answer(reportExperts),
  };
};

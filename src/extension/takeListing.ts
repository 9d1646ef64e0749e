/** The listing of a mode: for the page to show, to the clipboard, or as a program of one file. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { systemErrorOf } from '../lab/systemError.ts';
import { type Listing, listingOf, standAloneSource } from '../model/listings.ts';
import type { PageRequest } from '../model/messages.ts';
import { findMode } from '../model/modes/catalogue.ts';
import { describeSystemError, type Outcome, ok, refuse } from '../model/problems.ts';

type Taken = Extract<PageRequest, { readonly type: 'listing' | 'copy-listing' | 'save-listing' }>;

/**
 * Does what the page asked for, in an untrusted workspace too: nothing is run.
 * @param beside file in whose folder the dialog begins
 * @returns the listing where the page is to show it
 */
export async function takeListing(request: Taken, beside: vscode.Uri): Promise<Outcome<Listing | null>> {
  const listing = listingFor(request);
  if (!listing.ok || request.type === 'listing') return listing;
  if (request.type === 'save-listing') return save(request, beside);
  await vscode.env.clipboard.writeText(listing.value.text);
  return ok(null);
}

/** What comes from a page is input like any other. */
function listingFor({ mode, path }: Taken): Outcome<Listing> {
  const listing = findMode(mode)?.paths.includes(path) ? listingOf(mode) : undefined;
  return listing === undefined
    ? refuse(
        'no-listing',
        l10n.t('There is no listing of the mode "{0}" for the path "{1}".', String(mode), String(path)),
        l10n.t('Close the page and open the result file again.'),
      )
    : ok(listing);
}

async function save({ mode, path }: Taken, beside: vscode.Uri): Promise<Outcome<null>> {
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Save as stand-alone C'),
    defaultUri: vscode.Uri.joinPath(beside, '..', `${mode}.c`),
    filters: { C: ['c'] },
  });
  if (target === undefined) return ok(null);
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(standAloneSource(mode, path)));
    return ok(null);
  } catch (error) {
    return { ok: false, problem: describeSystemError(systemErrorOf(error, target.fsPath)) };
  }
}

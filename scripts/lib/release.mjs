// What has to hold before a version goes out: the tag, package.json and the changelog name the same one.

/**
 * @param {string} tag such as v1.2.3
 * @param {string} version of package.json
 * @param {string} changelog
 * @returns {{ complaints: string[], notes: string }} the notes are what the changelog says of the version
 */
export function examineRelease(tag, version, changelog) {
  const complaints = [];
  if (tag !== `v${version}`) complaints.push(`The tag is ${tag}, and package.json says ${version}.`);
  const sections = changelog.split(/^## /m).slice(1);
  const [heading, ...lines] = (sections.find((section) => section.split(/\s/, 1)[0] === version) ?? '').split('\n');
  const notes = lines.join('\n').trim();
  if (!heading) complaints.push(`CHANGELOG.md has no section ${version}.`);
  else if (!/^\S+ \(\d{4}-\d{2}-\d{2}\)$/.test(heading.trim())) {
    complaints.push(`The heading of ${version} in CHANGELOG.md needs its day: ## ${version} (2026-11-21).`);
  } else if (!notes) complaints.push(`CHANGELOG.md says nothing of ${version}.`);
  return { complaints, notes };
}

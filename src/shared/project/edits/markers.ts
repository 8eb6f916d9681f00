/** Markers, and the in and out points of the whole. */
import { change, type Change } from '../change';
import type { MarkerId } from '../ids';
import type { Marker } from '../marker';
import type { Project, Range } from '../project';
import { refused } from './change-clips';

export function addMarker(project: Project, { marker }: { readonly marker: Marker }): Change {
  if (project.markers.has(marker.id))
    throw refused(`There is a marker ${marker.id} already: a new one needs a new id.`);
  return change(project, 'add-marker', (draft) => {
    draft.markers.set(marker.id, marker);
  });
}

export interface MarkerChange extends Partial<Omit<Marker, 'id'>> {
  readonly markerId: MarkerId;
}

export function changeMarker(project: Project, { markerId, ...fields }: MarkerChange): Change {
  const marker = { ...markerOf(project, markerId), ...fields };
  return change(project, 'change-marker', (draft) => {
    draft.markers.set(markerId, marker);
  });
}

export function removeMarker(project: Project, { markerId }: { readonly markerId: MarkerId }): Change {
  markerOf(project, markerId);
  return change(project, 'remove-marker', (draft) => {
    draft.markers.delete(markerId);
  });
}

/** Absent: the whole edit again. */
export function setRange(project: Project, { range }: { readonly range?: Range }): Change {
  return change(project, 'set-range', (draft) => {
    if (range === undefined) delete draft.range;
    else draft.range = range;
  });
}

function markerOf(project: Project, id: MarkerId): Marker {
  const marker = project.markers.get(id);
  if (marker === undefined) throw refused(`There is no marker ${id} in “${project.title}”.`);
  return marker;
}

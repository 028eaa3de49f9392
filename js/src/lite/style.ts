// The few rules that the extension brings along; colours are JupyterLab's own, so that they follow its theme.

export const STYLE = `
.cwl-lite, .cwl-lite-dialog { font: var(--jp-ui-font-size1) var(--jp-ui-font-family); color: var(--jp-ui-font-color1); }
body > #main { inset-block-end: var(--cwl-lite-height) !important; height: auto !important; }
:root { --cwl-lite-height: 2.75rem; }
.cwl-lite {
  position: fixed; inset: auto 0 0; height: var(--cwl-lite-height); box-sizing: border-box; z-index: 100;
  display: flex; gap: 0.25rem 1rem; align-items: center; justify-content: space-between; padding: 0 1rem;
  background: var(--jp-layout-color1); border-block-start: 1px solid var(--jp-border-color0);
}
.cwl-lite-state { display: flex; gap: 0.75rem; align-items: center; min-width: 0; }
.cwl-lite-state progress { width: 7rem; accent-color: var(--jp-brand-color1); flex: none; }
.cwl-lite button, .cwl-lite a, .cwl-lite-dialog button {
  font: inherit; color: inherit; background: var(--jp-layout-color1); border: 1px solid var(--jp-border-color0);
  border-radius: 3px; padding: 0.3rem 0.7rem; min-height: 24px; box-sizing: border-box; text-decoration: none; cursor: pointer;
}
.cwl-lite button:focus-visible, .cwl-lite a:focus-visible, .cwl-lite-dialog :focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.cwl-lite-dialog { max-width: 30rem; background: var(--jp-layout-color1); border: 1px solid var(--jp-border-color0); border-radius: 4px; padding: 1.25rem; }
.cwl-lite-dialog form, .cwl-lite-dialog label { display: grid; gap: 0.5rem; }
.cwl-lite-dialog h2, .cwl-lite-dialog p { margin: 0; }
.cwl-lite-dialog input { font: inherit; padding: 0.3rem; color: inherit; background: var(--jp-layout-color0); border: 1px solid var(--jp-border-color0); }
.cwl-lite-buttons { display: flex; gap: 0.5rem; }
/* The lessons' own code is out of the way, as in the book; View > Expand All Code shows it. Never by a click in the cell: what is
   clicked must not move. */
.jp-CodeCell:has(.jp-InputPlaceholder) > .jp-Cell-inputWrapper { display: none; }
@media (max-width: 48rem) {
  :root { --cwl-lite-height: 6rem; }
  .cwl-lite { flex-direction: column; align-items: stretch; justify-content: center; }
  .cwl-lite-state progress { width: 4rem; }
}
@media print {
  .cwl-lite { display: none; }
}
`;

import { LitElement } from 'lit';

/** A component without a shadow root, so that the page's one stylesheet, codicons and ids reach everything. */
export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}

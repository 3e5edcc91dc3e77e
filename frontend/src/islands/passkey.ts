// Forms that are answered by a passkey: signing in, showing once more who one is, adding one.
//
// The browser is asked with what the hub sent, and its answer goes back in the field `credential`
// as WebAuthn's JSON (https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON); older
// browsers have no function for that form yet, so it is written here.

/** What the hub sends: WebAuthn's options with bytes as base64url. */
interface Descriptor {
  id: string;
  type: PublicKeyCredentialType;
}

interface Options {
  publicKey: {
    challenge: string;
    user?: { id: string; name: string; displayName: string };
    excludeCredentials?: Descriptor[];
    allowCredentials?: Descriptor[];
    [name: string]: unknown;
  };
}

const REFUSED = "The passkey was not used. Try again, or use another way.";

function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function described(list: Descriptor[] | undefined): PublicKeyCredentialDescriptor[] {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

async function create({ publicKey }: Options): Promise<object> {
  const { user, challenge, excludeCredentials, ...rest } = publicKey;
  const found = await navigator.credentials.create({
    publicKey: {
      ...rest,
      challenge: bytes(challenge),
      user: user && { ...user, id: bytes(user.id) },
      excludeCredentials: described(excludeCredentials),
    } as PublicKeyCredentialCreationOptions,
  });
  const credential = found as PublicKeyCredential;
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    ...base(credential),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
    },
  };
}

async function get({ publicKey }: Options): Promise<object> {
  const { challenge, allowCredentials, ...rest } = publicKey;
  const found = await navigator.credentials.get({
    publicKey: {
      ...rest,
      challenge: bytes(challenge),
      allowCredentials: described(allowCredentials),
    } as PublicKeyCredentialRequestOptions,
  });
  const credential = found as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    ...base(credential),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle && text(response.userHandle),
    },
  };
}

function base(credential: PublicKeyCredential): object {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

/** What to ask the browser for: on the page, or fetched when it is wanted. */
async function optionsOf(form: HTMLFormElement): Promise<Options> {
  const address = form.dataset["optionsFrom"];
  if (address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const { request_options } = (await answer.json()) as { request_options: Options };
    return request_options;
  }
  const place = document.getElementById(form.dataset["options"] ?? "");
  return JSON.parse(place?.textContent ?? "") as Options;
}

async function answer(form: HTMLFormElement): Promise<void> {
  const field = form.elements.namedItem("credential") as HTMLInputElement;
  const fault = form.querySelector<HTMLElement>("[role=alert]");
  if (fault) fault.hidden = true;
  try {
    const options = await optionsOf(form);
    field.value = JSON.stringify(await (form.dataset["act"] === "create" ? create : get)(options));
    form.submit();
  } catch {
    if (!fault) return;
    fault.textContent = REFUSED;
    fault.hidden = false;
  }
}

export function mount(elements: HTMLElement[]): void {
  if (!("PublicKeyCredential" in window)) {
    const why = document.querySelector<HTMLElement>("[data-no-passkeys]");
    if (why) why.hidden = false;
    return;
  }
  for (const form of elements as HTMLFormElement[]) {
    form.hidden = false;
    form.querySelector("button")?.addEventListener("click", () => void answer(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void answer(form);
    });
  }
}

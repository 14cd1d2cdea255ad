import { checkForm, type FieldMessage, type FormOptions } from "seamlint";
import { computed, inject, provide, ref, type ComputedRef, type InjectionKey, type Ref } from "vue";

interface SeamForm {
  /** The messages of each field, by dotted path. */
  messages: ComputedRef<Record<string, FieldMessage[]>>;
  /** Whether it was tried to send the form: all fields speak from then on. */
  isSent: Ref<boolean>;
  /** Whether the form may be sent. */
  isRight: ComputedRef<boolean>;
}

const KEY: InjectionKey<SeamForm> = Symbol("the form around a field");

/** Checks a reactive value whenever it changes, and gives the messages to the fields in it. */
export function useSeamForm(value: () => unknown, options: FormOptions = {}): SeamForm {
  const messages = computed(() => checkForm(value(), { ...options, emptyAsAbsent: true }));
  const isRight = computed(() => !Object.values(messages.value).flat().some(({ severity }) => severity === "error"));
  const form = { messages, isSent: ref(false), isRight };
  provide(KEY, form);
  return form;
}

/** The first message of a field, once it was left or the form was sent. */
export function useSeamField(name: string): { isLeft: Ref<boolean>; message: ComputedRef<FieldMessage | undefined> } {
  const form = inject(KEY);
  const isLeft = ref(false);
  const message = computed(() => (isLeft.value || form?.isSent.value ? form?.messages.value[name]?.[0] : undefined));
  return { isLeft, message };
}

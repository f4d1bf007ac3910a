import { textOf } from "../questions/dicts/dicts";
import { phaseOf } from "../questions/dottedPaths/removedPaths";
import { defineSettingRule } from "../settingRule";
import doc from "./session-serializer-pickle.md";

export const sessionSerializerPickle = defineSettingRule({
  id: "session-serializer-pickle",
  category: "security",
  severity: "error",
  audience: "production",
  setting: "SESSION_SERIALIZER",
  // What Django no longer has is for `removed-dotted-path` to say.
  matters: (context, { value }) => phaseOf(context, textOf(value) ?? "") !== "removed",
  isBad: (value) => textOf(value)?.endsWith("PickleSerializer") === true,
  messages: {
    pickle:
      "SESSION_SERIALIZER unpickles sessions in {module}, which runs in {environment}: with SECRET_KEY or write access to the session store, an attacker runs any code. Remove it, to get the JSON serializer.",
  },
  fixes: {
    remove: { safety: "unsafe", title: "Remove SESSION_SERIALIZER", remove: true },
    json: { safety: "unsafe", set: { text: "django.contrib.sessions.serializers.JSONSerializer" } },
  },
  doc,
});

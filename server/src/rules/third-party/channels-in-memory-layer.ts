import { defineRule } from "../../lint/rule";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./channels-in-memory-layer.md";

export const channelsInMemoryLayer = defineRule({
  id: "channels-in-memory-layer",
  category: "third-party",
  severity: "warning",
  audience: "production",
  messages: {
    memory:
      "CHANNEL_LAYERS is not shared by processes in {module}, which runs in {environment}: messages stay in the memory of each process, and do not reach consumers in other ones, as Channels' documentation warns. Use channels_redis.",
  },
  doc,

  check(context) {
    const proof = context
      .setting("CHANNEL_LAYERS")
      .judge((value) => textOf(valueAt(value, "default", "BACKEND")) === "channels.layers.InMemoryChannelLayer");
    if (proof?.origin === undefined) return;
    context.report({ message: "memory", proof, at: entryAt(proof.value, "default", "BACKEND")?.valueSite });
  },
});

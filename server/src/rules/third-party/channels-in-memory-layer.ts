import { defineRule } from "../../lint/rule";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./channels-in-memory-layer.md";

/** Of Channels today and of Channels 1. */
const IN_MEMORY = ["channels.layers.InMemoryChannelLayer", "asgiref.inmemory.ChannelLayer"];

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
      .judge((value) => IN_MEMORY.includes(textOf(valueAt(value, "default", "BACKEND")) ?? ""));
    if (proof?.origin === undefined) return;
    context.report({ message: "memory", proof, at: entryAt(proof.value, "default", "BACKEND")?.valueSite });
  },
});

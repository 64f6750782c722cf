// What the site shows, in the four kinds of documentation. A page of the repository is a Markdown file that renders on the forge as
// it is; a generated page names the module of docs/site/reference that writes it. Titles are the links of the navigation.

export const HOME = "README.md";

export const NAVIGATION = [
  {
    kind: "Tutorial",
    pages: [
      { source: "docs/tutorial.md", title: "From a FASTA to a decision" },
      { source: "docs/demo.md", title: "What the demo prints" },
    ],
  },
  {
    kind: "How-to",
    pages: [
      { source: "docs/studies.md", title: "Plan and run studies" },
      { source: "docs/corpora.md", title: "Build a corpus" },
      { source: "docs/fit.md", title: "Fit a file of losses" },
      { source: "docs/evaluations.md", title: "Evaluate a model" },
      { source: "docs/imports.md", title: "Import losses of a tracker" },
      { source: "docs/page.md", title: "Use the page" },
      { source: "docs/remote.md", title: "Use a suite elsewhere" },
      { source: "docs/scaling.md", title: "Scale trainers" },
      { source: "docs/recovery.md", title: "Recover what was lost" },
      { source: "deploy/README.md", title: "Deploy" },
      { source: "launcher/demo/README.md", title: "The demo's proteins" },
      { source: "CONTRIBUTING.md", title: "Contribute" },
      { source: "SECURITY.md", title: "Security" },
    ],
  },
  {
    kind: "Reference",
    pages: [
      { source: "docs/commands.md", title: "Commands" },
      { generated: "study-file", title: "Study file", from: "dataset-service/src/main/resources/META-INF/resources/study.schema.json" },
      { source: "docs/rest.md", title: "REST" },
      { generated: "rest-fitting-service", title: "REST of fitting-service", from: "docs/openapi/fitting-service.yaml" },
      { generated: "rest-dataset-service", title: "REST of dataset-service", from: "docs/openapi/dataset-service.yaml" },
      { generated: "rest-trainer-service", title: "REST of trainer-service", from: "docs/openapi/trainer-service.yaml" },
      { generated: "messages", title: "Kafka messages", from: "docs/asyncapi.yaml" },
      { source: "docs/settings.md", title: "Settings", generated: "settings" },
      { source: "deploy/METRICS.md", title: "Metrics" },
      { source: "deploy/WAITS.md", title: "Waits" },
      { source: "docs/tables.md", title: "Tables of losses" },
      { source: "docs/models.md", title: "Models" },
      { source: "CHANGELOG.md", title: "Changes" },
    ],
  },
  {
    kind: "Explanation",
    pages: [
      { source: "docs/intervals.md", title: "Intervals" },
      { source: "docs/forecasts.md", title: "Forecasts" },
      { source: "docs/baselines.md", title: "Baselines" },
      { source: "docs/pitfalls.md", title: "What can go wrong" },
      { source: "docs/evidence.md", title: "Evidence" },
      { source: "benchmarks/README.md", title: "Benchmarks" },
      ...["contracts", "service-runtime", "stack", "dataset-service", "trainer-service", "fitting-service", "launcher", "benchmarks", "deploy"]
        .map((module) => ({ source: `${module}/RATIONALE.md`, title: `Why: ${module}` })),
    ],
  },
];

/** Address of a page from the site's root; a generated page that has a hand-written beginning stands where that stands. */
export function address(page) {
  if (page.source === HOME) {
    return "index.html";
  }
  return page.source ? page.source.replace(/\.md$/, ".html") : `docs/reference/${page.generated}.html`;
}

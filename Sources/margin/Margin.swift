import ArgumentParser
import Experiments

@main
struct Margin: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "margin",
        abstract: "Train, measure and use embeddings with angular margins.",
        discussion: """
            From pictures to a verifier:

              margin prepare digits                       fetch and unpack a small data set
              margin train Recipes/digits.yaml            train; writes runs/digits/
              margin evaluate runs/digits                 EER and TAR@FAR with intervals
              margin verify runs/digits a.png b.png       same or not?

            Every verb explains itself: margin help train
            """,
        version: Release.version,
        subcommands: [
            Doctor.self, Prepare.self, Estimate.self, Train.self, Evaluate.self, Compare.self, Critical.self,
            Predict.self, Embed.self,
            Verify.self, Score.self, Metrics.self, Rank.self, Calibrate.self, Enroll.self, Identify.self,
            GalleryCommand.self, Info.self, Plot.self, Head.self, Audit.self, CompareRun.self,
        ])
}

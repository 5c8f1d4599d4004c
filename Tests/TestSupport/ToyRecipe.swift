/// A recipe that trains on toy pictures within a second.
public enum ToyRecipe {
    /// Eight identities of six pictures each, four for training, two for development and two for the test.
    public static let text = """
        name: toy
        data:
          path: people
          split: {train: 0.5, development: 0.25, test: 0.25}
        pictures: {size: [16, 16], color: grey}
        network: {name: sfnet-small, channels: [4, 4, 4, 4], blocks: [0, 0, 0, 0], embedding: 8}
        head: {name: cosface, s: 16, m: 0.1}
        training: {epochs: 2, batch: 8, learning_rate: 0.05, workers: 1}
        evaluation: {draws: 20, threshold_rates: [0.5, 0.01]}

        """

    /// The same pictures told apart: eight classes with three pictures to train with, and one or two in the other sets.
    public static let classification =
        classifier(head: "{name: softmax, bias: class}", epochs: 6, learningRate: 0.1)
        + "evaluation: {draws: 50, top: [2]}\n"

    /// A classifier that errs, for studies of critical classes.
    public static let critical = classifier(head: "{name: softmax}", epochs: 2, learningRate: 0.05)

    private static func classifier(head: String, epochs: Int, learningRate: Double) -> String {
        """
        name: toy
        task: classification
        data:
          path: people
          split: {train: 0.5, development: 0.25, test: 0.25}
        pictures: {size: [16, 16], color: grey}
        network: {name: sfnet-small, channels: [4, 4, 4, 4], blocks: [0, 0, 0, 0], embedding: 8}
        head: \(head)
        training: {epochs: \(epochs), batch: 8, learning_rate: \(learningRate), workers: 1, keep: last}

        """
    }

    public static func writePeople(to folder: TemporaryFolder) throws {
        try Toy.write(identities: 8, pictures: 6, to: folder, named: "people")
    }
}

import ArgumentParser
import Datasets
import Experiments

/// Where data are looked up.
struct DataOptions: ParsableArguments {
    @Option(help: "The folder in which a recipe's relative paths are looked up first.")
    var data: String?

    var roots: DataRoots { DataRoots(option: data) }
}

/// Changes to a recipe.
struct RecipeOptions: ParsableArguments {
    @Option(
        name: .customLong("set"), parsing: .upToNextOption,
        help: ArgumentHelp("Change keys of the recipe, such as training.epochs=5 head.m=0.4.", valueName: "key=value"))
    var changes: [String] = []

    func settings() throws -> [RecipeDocument.Setting] { try changes.map(RecipeDocument.Setting.init) }
}

/// How results are printed.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print the result as JSON on standard output.")
    var json = false
}

extension String {
    /// The parts between commas, without blanks around them.
    var listed: [String] {
        split(separator: ",").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// What an option holds that takes rates parted by commas.
    func rates(of option: String) throws -> [Double] {
        try listed.map { text in
            guard let rate = Double(text), rate > 0, rate < 1 else {
                throw ValidationError(
                    "\(option) takes rates above 0 and below 1, parted by commas, such as 1e-3,1e-4; “\(text)” is none")
            }
            return rate
        }
    }
}

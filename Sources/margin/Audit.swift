import ArgumentParser
import Experiments
import FairnessAudit

struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What private noise does to a linear classifier's fairness.",
        discussion: """
            Fits a regularised linear classifier to a table, calibrates the noise that makes it differentially \
            private, and says whom the noise hurts: closed forms, bounds and draws, per group, on people who were \
            held out. The report itself is not private; --release writes a model that is.

            A column is numeric if all its values are numbers, else categorical; rows in which a needed value is \
            missing (an empty field, ?, NA, NaN) are left out.

            EXAMPLES:
              margin audit people.csv --label income --positive ">50K" --sensitive sex --clip 1 --epsilon 0.1,1,10
              margin audit people.csv --label income --positive ">50K" --sensitive "sex,age<=25" --clip 1 \
            --tolerance 0.02 --json
              margin audit people.csv --label income --positive ">50K" --sensitive sex --clip 1 --epsilon 1 \
            --release model.json
            """)

    @Argument(help: "A table: CSV, TSV or ARFF, packed by gzip or not.")
    var table: String

    @Option(help: "The column with the outcome.")
    var label: String

    @Option(help: "The value of it that counts as positive.")
    var positive: String

    @Option(help: "Columns of groups, parted by commas; age<=25 cuts a column of numbers.")
    var sensitive: String

    @OptionGroup(title: "Data") var rows: AuditRowOptions
    @OptionGroup(title: "Model") var model: AuditModelOptions
    @OptionGroup(title: "Privacy") var privacy: AuditPrivacyOptions
    @OptionGroup(title: "Measures") var measures: AuditMeasureOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The folder for report.html, audit.json, measures.csv and plots/; runs/audit-<table> if not given.")
    var out: String?

    func validate() throws {
        if privacy.release != nil, output.json || out != nil {
            throw ValidationError("--release writes the model alone; leave out \(output.json ? "--json" : "--out")")
        }
        guard rows.clip != nil || rows.inferClip else {
            throw ValidationError(
                "give a public bound on the rows' norms, for example --clip 1. A bound inferred from the data tells "
                    + "about them; --infer-clip takes one all the same, for looking only")
        }
    }

    func run() throws {
        let experiment = try experiment()
        let line = ProgressLine()
        defer { line.clear() }
        if let file = privacy.release {
            let made = try experiment.release(
                to: file, ledger: privacy.ledger, allowsLeaks: privacy.allowLeaks
            ) { line.show($0.rawValue) }
            line.clear()
            for warning in made.warnings { Output.note("warning: \(warning)") }
            Output.note(AuditTable.spent(made))
            print(file)
            return
        }
        let report = try experiment.run { line.show($0.rawValue) }
        line.clear()
        let folder = AuditFolder(path: out ?? experiment.defaultFolder)
        try folder.write(report)
        if output.json {
            Output.note(AuditReport.banner)
            try Output.json(report)
        } else {
            print(AuditTable(report).text)
        }
        Output.note("report: \(folder.page)")
    }

    private func experiment() throws -> AuditExperiment {
        var task = AuditTask(label: label, positive: positive, sensitive: sensitive.listed)
        task.excluded = rows.exclude?.listed ?? []
        task.usesSensitiveFeatures = rows.keepSensitive
        task.clippingNorm = rows.clip
        task.constantFeature = rows.constant
        task.holdout = rows.holdout
        task.seed = rows.seed
        task.smallestGroup = rows.smallestGroup
        task.standardization = try rows.standardization()
        var experiment = AuditExperiment(table: table, task: task)
        experiment.test = rows.test
        experiment.columnNames = rows.columns?.listed
        experiment.loss = model.loss
        experiment.regularization = model.mu
        experiment.coefficients = model.coefficients
        experiment.sensitivity = model.sensitivity
        experiment.epsilons = try privacy.epsilons()
        experiment.delta = privacy.delta
        experiment.mechanism = privacy.mechanism
        experiment.criteria = measures.measures.isEmpty ? FairnessCriterion.allCases : measures.measures
        experiment.drawCount = measures.draws
        experiment.failure = measures.failure
        experiment.tolerance = measures.tolerance
        experiment.growth = try measures.addedFeatures()
        return experiment
    }
}

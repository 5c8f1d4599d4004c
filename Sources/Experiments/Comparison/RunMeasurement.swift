import Datasets

/// What is measured of a run of a study once it is trained.
protocol RunMeasurement {
    /// The run's model on its sets.
    func measured(_ folder: RunFolder, roots: DataRoots) throws -> StudyMeasurement.Found

    /// What guessing attains, which is what a run counts that broke down.
    func chance() throws -> StudyMeasurement.Found
}

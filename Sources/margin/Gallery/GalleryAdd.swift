import ArgumentParser

struct GalleryAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Enrol people from pictures; the same as margin enroll.",
        discussion: EnrolmentOptions.discussion + """


            EXAMPLES:
              margin gallery add faces.gallery people/      people/ann/1.jpg, …
              margin gallery add faces.gallery a.jpg b.jpg --name ann
            """)

    @OptionGroup var enrolment: EnrolmentOptions

    func run() throws { try enrolment.run() }
}

import Testing

@testable import Shop

@Suite("dmidecode, as its versions and firmware differ")
struct DmidecodeTests {
    /// What `dmidecode` prints of a tower with two modules.
    static func dump(
        maker: String = "Hewlett-Packard",
        product: String = "HP Compaq 8200 Elite CMT PC",
        version: String = "",
        serial: String = "CZC1234ABC",
        chassis: String = "Tower",
        more: String = ""
    ) -> String {
        """
        # dmidecode 3.3
        Getting SMBIOS data from sysfs.
        SMBIOS 2.6 present.

        Handle 0x0000, DMI type 0, 24 bytes
        BIOS Information
        \tVendor: Hewlett-Packard
        \tCharacteristics:
        \t\tPCI is supported

        Handle 0x0001, DMI type 1, 27 bytes
        System Information
        \tManufacturer: \(maker)
        \tProduct Name: \(product)
        \tVersion: \(version)
        \tSerial Number: \(serial)

        Handle 0x0002, DMI type 2, 15 bytes
        Base Board Information
        \tManufacturer: ASUSTeK COMPUTER INC.
        \tProduct Name: P8H61-M LE

        Handle 0x0003, DMI type 3, 22 bytes
        Chassis Information
        \tType: \(chassis)

        Handle 0x0004, DMI type 4, 42 bytes
        Processor Information
        \tVersion: Intel(R) Core(TM) i3-2100 CPU @ 3.10GHz
        \tStatus: Populated, Enabled

        Handle 0x0007, DMI type 16, 23 bytes
        Physical Memory Array
        \tUse: System Memory
        \tNumber Of Devices: 2

        Handle 0x0008, DMI type 17, 34 bytes
        Memory Device
        \tArray Handle: 0x0007
        \tSize: 2048 MB
        \tType: DDR3

        Handle 0x0009, DMI type 17, 34 bytes
        Memory Device
        \tArray Handle: 0x0007
        \tSize: No Module Installed
        \tType: DDR3
        \(more)
        """
    }

    @Test("a dump says a machine, and no drive")
    func reads() throws {
        let file = try HardwareFile.read(Array(Self.dump().utf8), named: "x")
        #expect(file.format == .dmidecode)
        let hardware = file.hardware
        #expect(hardware.maker == "Hewlett-Packard")
        #expect(hardware.model == "HP Compaq 8200 Elite CMT PC")
        #expect(hardware.serial?.text == "CZC1234ABC" && hardware.chassis == .tower)
        #expect(hardware.processor == "Intel(R) Core(TM) i3-2100 CPU @ 3.10GHz")
        #expect(hardware.memoryMB == 2048)
        #expect(hardware.disks.isEmpty && hardware.remarks == [.storageUnread])
    }

    @Test("lines may end as Windows ends them")
    func lineEnds() throws {
        let text = Self.dump().replacing("\n", with: "\r\n")
        #expect(try read(text) == read(Self.dump()))
    }

    @Test("before version 2.8 a handle and its type stood on two lines, one level deeper")
    func oldShape() throws {
        let text = """
            # dmidecode 2.0
            SMBIOS 2.3 present.
            Handle 0x0001
            \tDMI type 1, 25 bytes.
            \tSystem Information
            \t\tManufacturer: IBM
            \t\tProduct Name: 2373ABC
            \t\tSerial Number: 99ABCDE
            Handle 0x0003
            \tDMI type 3, 13 bytes.
            \tChassis Information
            \t\tType: Notebook
            Handle 0x0006
            \tDMI type 6, 12 bytes.
            \tMemory Module Information
            \t\tInstalled Size: 256 MB (Single-bank Connection)
            Handle 0x0007
            \tDMI type 6, 12 bytes.
            \tMemory Module Information
            \t\tInstalled Size: Not Installed
            """
        let hardware = try read(text)
        #expect(hardware.maker == "IBM" && hardware.model == "2373ABC")
        #expect(hardware.serial?.text == "99ABCDE" && hardware.chassis == .laptop)
        #expect(hardware.memoryMB == 256)
    }

    @Test(
        "what a factory or a mask left is nothing, and the board names the machine",
        arguments: ["To Be Filled By O.E.M.", "System manufacturer", "Not Specified", "", "--"]
    )
    func junk(text: String) throws {
        let hardware = try read(
            Self.dump(maker: text, product: text == "--" ? "" : text, serial: text)
        )
        #expect(hardware.serial == nil && hardware.remarks.contains(.noTrueSerial))
        #expect(hardware.model == "P8H61-M LE")
    }

    @Test("Lenovo's name on the lid stands in the version")
    func lenovo() throws {
        let text = Self.dump(maker: "LENOVO", product: "20BV001BFR", version: "ThinkPad T450")
        #expect(try read(text).model == "ThinkPad T450")
    }

    @Test(
        "modules are summed in any unit; flash and video memory are none of them",
        arguments: [
            ("2 GB", "DDR3", "0x0007", 4096), ("512 MB", "DDR3", "0x0007", 2560),
            ("524288 kB", "DDR3", "0x0007", 2560), ("1 TB", "DDR5", "0x0007", 1_050_624),
            ("8 MB", "Flash", "0x0007", 2048), ("256 MB", "DDR3", "0x0010", 2048),
            ("Unknown", "DDR3", "0x0007", 2048), ("-4 GB", "DDR3", "0x0007", 2048),
            ("99999999999999999999 GB", "DDR3", "0x0007", 2048),
        ]
    )
    func memory(size: String, type: String, array: String, expected: Int) throws {
        let more = """

            Handle 0x0010, DMI type 16, 23 bytes
            Physical Memory Array
            \tUse: Video Memory
            \tNumber Of Devices: 1

            Handle 0x000A, DMI type 17, 34 bytes
            Memory Device
            \tArray Handle: \(array)
            \tSize: \(size)
            \tType: \(type)
            """
        #expect(try read(Self.dump(more: more)).memoryMB == expected)
    }

    @Test("where the file ends before its slots do, memory is unread and not half told")
    func cut() throws {
        let text = Self.dump()
        let end = try #require(text.firstRange(of: "Handle 0x0009"))
        let hardware = try read(String(text[..<end.lowerBound]))
        #expect(hardware.memoryMB == nil && hardware.remarks.contains(.memoryUnread))
    }

    @Test("two sockets are told once, and an empty one is not")
    func sockets() throws {
        func socket(_ handle: String, _ status: String) -> String {
            """

            Handle \(handle), DMI type 4, 42 bytes
            Processor Information
            \tVersion: Intel(R) Core(TM) i3-2100 CPU @ 3.10GHz
            \tStatus: \(status)
            """
        }
        let name = "Intel(R) Core(TM) i3-2100 CPU @ 3.10GHz"
        let two = Self.dump(more: socket("0x0014", "Populated, Enabled"))
        #expect(try read(two).processor == "2 × \(name)")
        #expect(try read(Self.dump(more: socket("0x0014", "Unpopulated"))).processor == name)
    }

    @Test("a machine inside another is flagged")
    func virtual() throws {
        #expect(try read(Self.dump(maker: "QEMU", product: "Standard PC")).isVirtual)
        #expect(try !read(Self.dump()).isVirtual)
    }

    @Test(
        "what holds no machine, or several, is refused",
        arguments: [
            (dump() + "\n" + dump(), HardwareRefusal.Cause.severalComputers(count: 2)),
            (
                "# dmidecode 3.4\n# No SMBIOS nor DMI entry point found, sorry.",
                .partOfAComputer(field: "System Information", value: "")
            ),
            (
                "# dmidecode 3.4\n"
                    + String(repeating: "Handle 0x0001, DMI type 1, 2 bytes\n", count: 5_001),
                .tooManyValues(most: 5_000)
            ),
            ("    description: Notebook\n  *-core\n", .otherFormat(.lshwText)),
            ("System:\n  Host: poste Kernel: 6.1 x86_64", .otherFormat(.inxi)),
        ]
    )
    func refuses(text: String, cause: HardwareRefusal.Cause) {
        #expect(refusal(text.utf8)?.cause == cause)
    }
}

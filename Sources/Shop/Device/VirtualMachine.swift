/// Makers of machines that exist only inside another.
enum VirtualMachine {
    static func isNamed(in names: [String?]) -> Bool {
        let all = names.compactMap { $0?.lowercased() }
        return all.contains { name in
            marks.contains(where: name.contains) || name == "kvm" || name == "xen"
        }
    }

    private static let marks = [
        "virtualbox", "innotek", "vmware", "qemu", "virtual machine", "virtual platform", "bochs",
        "parallels", "hvm domu", "openstack", "amazon ec2", "google compute engine", "droplet",
        "ovirt",
        "rhev hypervisor", "bhyve", "kubevirt", "nutanix",
    ]
}

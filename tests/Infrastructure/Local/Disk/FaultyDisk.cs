using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Recommendation.Local.Tests.Disk;

/// <summary>
/// A disk that fails at a chosen write or sync of the databases of one folder: SQLite's own file system with four
/// functions replaced
/// (https://sqlite.org/vfs.html). It needs no compiler and no root. Files of other folders are not touched.
/// </summary>
internal static unsafe class FaultyDisk
{
    private const int IoError = 10;
    private const int IoErrorWrite = IoError | (3 << 8);
    private const int IoErrorSync = IoError | (4 << 8);
    private const int Full = 13;

    private static readonly Lock s_gate = new();
    private static readonly Dictionary<nint, Methods> s_methods = [];
    private static readonly Dictionary<nint, string> s_files = [];
    private static Vfs* s_original;
    private static DiskPlan? s_plan;

    /// <summary>Fails as planned, until it is disposed. One plan at a time.</summary>
    internal static IDisposable Follow(DiskPlan plan)
    {
        lock (s_gate)
        {
            Register();
            s_plan = plan;
        }
        return new Following();
    }

    private static void Register()
    {
        if (s_original is not null)
            return;
        SQLitePCL.Batteries_V2.Init();
        s_original = Find(null);
        var vfs = (Vfs*)NativeMemory.AllocZeroed((nuint)sizeof(Vfs));
        *vfs = *s_original;
        vfs->Next = null;
        vfs->Name = (byte*)Marshal.StringToCoTaskMemUTF8("faulty");
        vfs->Open = &Open;
        if (Register(vfs, makeDefault: 1) != 0)
            throw new InvalidOperationException("SQLite does not take another file system.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* name, nint file, int flags, int* outFlags)
    {
        var result = s_original->Open(s_original, name, file, flags, outFlags);
        var path = name is null ? null : Marshal.PtrToStringUTF8((nint)name);
        lock (s_gate)
        {
            if (result != 0 || s_plan is not { } plan || path is null
                || !path.StartsWith(plan.Folder, StringComparison.Ordinal))
                return result;
            s_files[file] = path;
            var methods = *(Methods**)file;
            var replaced = (Methods*)NativeMemory.AllocZeroed((nuint)sizeof(Methods));
            *replaced = *methods;
            replaced->Close = &Close;
            replaced->Write = &Write;
            replaced->Truncate = &Truncate;
            replaced->Sync = &Sync;
            s_methods[file] = *methods;
            *(Methods**)file = replaced;
        }
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint file)
    {
        Methods methods;
        lock (s_gate)
        {
            NativeMemory.Free(*(Methods**)file);
            s_files.Remove(file);
            s_methods.Remove(file, out methods);
        }
        return methods.Close(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint file, byte* data, int length, long offset)
    {
        lock (s_gate)
        {
            var methods = s_methods[file];
            if (Fails(out var plan))
                return plan!.IsFull ? Full : IoErrorWrite;
            plan?.Wrote(s_files[file], offset, new ReadOnlySpan<byte>(data, length),
                Before(methods, file, offset, length));
            return methods.Write(file, data, length, offset);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(nint file, long size)
    {
        lock (s_gate)
        {
            var methods = s_methods[file];
            if (Fails(out _))
                return IoErrorWrite;
            // Only what is shorter for good after a sync would be: nothing that is needed is behind the new end.
            return methods.Truncate(file, size);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint file, int flags)
    {
        lock (s_gate)
        {
            var methods = s_methods[file];
            if (Fails(out var plan))
                return IoErrorSync;
            plan?.Synced(s_files[file]);
            return methods.Sync(file, flags);
        }
    }

    private static bool Fails(out DiskPlan? plan)
    {
        plan = s_plan;
        return plan is not null && plan.Next();
    }

    /// <summary>What a write replaces; shorter than the write where the file ended there.</summary>
    private static byte[] Before(Methods methods, nint file, long offset, int length)
    {
        long size;
        methods.FileSize(file, &size);
        var bytes = new byte[Math.Clamp(size - offset, 0, length)];
        fixed (byte* first = bytes)
        {
            if (bytes.Length > 0)
                methods.Read(file, first, bytes.Length, offset);
        }
        return bytes;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern Vfs* Find(byte* name);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Register(Vfs* vfs, int makeDefault);

    private sealed class Following : IDisposable
    {
        public void Dispose()
        {
            lock (s_gate)
                s_plan = null;
        }
    }

    /// <summary>sqlite3_vfs, version 3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        internal int Version;
        internal int FileBytes;
        internal int MaximumPath;
        internal Vfs* Next;
        internal byte* Name;
        internal void* Data;
        internal delegate* unmanaged[Cdecl]<Vfs*, byte*, nint, int, int*, int> Open;
        internal fixed long Others[14];
    }

    /// <summary>sqlite3_io_methods, version 3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        internal int Version;
        internal delegate* unmanaged[Cdecl]<nint, int> Close;
        internal delegate* unmanaged[Cdecl]<nint, byte*, int, long, int> Read;
        internal delegate* unmanaged[Cdecl]<nint, byte*, int, long, int> Write;
        internal delegate* unmanaged[Cdecl]<nint, long, int> Truncate;
        internal delegate* unmanaged[Cdecl]<nint, int, int> Sync;
        internal delegate* unmanaged[Cdecl]<nint, long*, int> FileSize;
        internal fixed long Others[12];
    }
}
